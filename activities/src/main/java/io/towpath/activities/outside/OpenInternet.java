package io.towpath.activities.outside;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Gets what sheets name by {@code https://}. A sheet is written by people who may not see the
 * worker's network, so every name is looked up and judged, the connection goes to an address that
 * was judged, and every redirect is judged like the first address. No credential is ever sent, and
 * no proxy is asked, because a proxy would look names up itself.
 */
public final class OpenInternet {
  private static final int MOST_REDIRECTS = 5;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final OkHttpClient http;
  private final Dns names;

  /** An address that may not be asked; its message names no address inside. */
  private static final class Inside extends IOException {
    private static final long serialVersionUID = 1;

    Inside(String host) {
      super(host + " is no host on the open internet");
    }
  }

  /**
   * @param http shared client, whose resolver is asked; its redirects, retries and proxy are turned
   *     off here
   */
  public OpenInternet(OkHttpClient http) {
    this.names = http.dns();
    this.http =
        http.newBuilder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .proxy(Proxy.NO_PROXY)
            .connectTimeout(CONNECT)
            .readTimeout(SILENCE)
            .dns(this::lookup)
            .addNetworkInterceptor(this::connected)
            .build();
  }

  /**
   * Asks for the bytes from {@code first} to {@code last}, or for all where {@code last} is
   * negative. The caller closes the answer, which may have any status but a redirect.
   *
   * @throws PlatformException {@code INPUT_REJECTED} when the address or a redirect may not be
   *     followed
   * @throws IOException when there is no answer
   */
  public Response get(String address, long first, long last) throws IOException {
    @Nullable HttpUrl url = HttpUrl.parse(address);
    for (int redirects = 0; ; redirects++) {
      if (url == null || !url.isHttps() || !url.username().isEmpty()) {
        throw refused("only https:// addresses without a user are followed");
      }
      checkLiteral(url.host());
      Request.Builder request =
          new Request.Builder().url(url).get().header("Accept-Encoding", "identity");
      if (last >= 0) {
        request.header("Range", "bytes=" + first + "-" + last);
      }
      Response response = asked(request.build());
      if (!response.isRedirect()) {
        return response;
      }
      String location = Optional.ofNullable(response.header("Location")).orElse("");
      response.close();
      if (redirects == MOST_REDIRECTS) {
        throw refused("it redirects more than " + MOST_REDIRECTS + " times");
      }
      url = url.resolve(location);
    }
  }

  /**
   * Asks once; no redirect is followed, and the caller closes the answer.
   *
   * @throws PlatformException {@code INPUT_REJECTED} when the address may not be asked
   * @throws IOException when there is no answer
   */
  public Response ask(Request request) throws IOException {
    if (!request.url().isHttps() || !request.url().username().isEmpty()) {
      throw refused("only https:// addresses without a user are asked");
    }
    checkLiteral(request.url().host());
    return asked(request);
  }

  private Response asked(Request request) throws IOException {
    try {
      return http.newCall(request).execute();
    } catch (Inside e) {
      throw refused(e.getMessage() + "; name a public address");
    } catch (UnknownHostException e) {
      if (e.getCause() instanceof Inside inside) {
        throw refused(inside.getMessage() + "; name a public address");
      }
      throw refused("the host " + request.url().host() + " is not known");
    }
  }

  /** A host that is an address is never looked up, so it is judged before it is connected to. */
  private void checkLiteral(String host) throws IOException {
    boolean literal = host.indexOf(':') >= 0 || host.matches("[\\d.]+");
    if (literal && !PublicAddress.is(InetAddress.getByName(host))) {
      throw refused(host + " is no host on the open internet; name a public address");
    }
  }

  /** All addresses of a host, or none when one of them lies inside. */
  private List<InetAddress> lookup(String host) throws UnknownHostException {
    List<InetAddress> found = names.lookup(host);
    if (!found.stream().allMatch(PublicAddress::is)) {
      UnknownHostException refused = new UnknownHostException(host);
      refused.initCause(new Inside(host));
      throw refused;
    }
    return found;
  }

  /** Judges the connection itself, whatever way its address was found. */
  private Response connected(Interceptor.Chain chain) throws IOException {
    InetAddress address =
        Objects.requireNonNull(chain.connection()).route().socketAddress().getAddress();
    if (!PublicAddress.is(address)) {
      throw new Inside(chain.request().url().host());
    }
    return chain.proceed(chain.request());
  }

  private static PlatformException refused(String why) {
    return new PlatformException(FailureKind.INPUT_REJECTED, why);
  }
}
