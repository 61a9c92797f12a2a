package io.towpath.activities.outside;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Gets what sheets name by {@code https://}, and what platforms give URLs for. Both come from
 * people who may not see the worker's network, so every name is looked up and judged, the
 * connection goes to an address that was judged, and every redirect is judged like the first
 * address. No credential of the worker is ever sent, and no proxy is asked, because a proxy would
 * look names up itself.
 */
public final class OpenInternet {
  private static final int MOST_REDIRECTS = 5;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final OkHttpClient http;
  private final OkHttpClient ownHttp;
  private final Set<String> ownServers;
  private final Dns names;

  /** An address that may not be asked; its message names no address inside. */
  private static final class Inside extends IOException {
    private static final long serialVersionUID = 1;

    Inside(String host) {
      super(host + " is no host on the open internet");
    }
  }

  /** For a worker whose settings name no server of its own network. */
  public OpenInternet(OkHttpClient http) {
    this(http, List.of());
  }

  /**
   * @param http shared client, whose resolver is asked; its redirects, retries and proxy are turned
   *     off here
   * @param ownServers servers that the worker's settings name: a platform's URL, but no cell, may
   *     lead to them wherever they are
   */
  public OpenInternet(OkHttpClient http, Collection<URI> ownServers) {
    this.names = http.dns();
    this.ownHttp =
        http.newBuilder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .proxy(Proxy.NO_PROXY)
            .connectTimeout(CONNECT)
            .readTimeout(SILENCE)
            .build();
    this.http =
        ownHttp.newBuilder().dns(this::lookup).addNetworkInterceptor(this::connected).build();
    this.ownServers =
        ownServers.stream()
            .flatMap(server -> Stream.ofNullable(HttpUrl.get(server)))
            .map(OpenInternet::server)
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Asks for the bytes from {@code first} to {@code last} of what a cell names, or for all where
   * {@code last} is negative. The caller closes the answer, which may have any status but a
   * redirect.
   *
   * @throws PlatformException {@code INPUT_REJECTED} when the address or a redirect may not be
   *     followed
   * @throws IOException when there is no answer
   */
  public Response get(String address, long first, long last) throws IOException {
    String range = range(first, last);
    return followed(asked(judged(HttpUrl.parse(address), range), http), range);
  }

  /** The same of a URL that a platform gave; its headers go to its own host only. */
  Response get(FileUrl given, long first, long last) throws IOException {
    @Nullable HttpUrl url = HttpUrl.parse(given.url());
    String range = range(first, last);
    boolean own = url != null && ownServers.contains(server(url));
    Request.Builder request = (own ? request(url, range) : judged(url, range)).newBuilder();
    given.headers().forEach(request::header);
    return followed(asked(request.build(), own ? ownHttp : http), range);
  }

  /** Every hop behind the first one is judged, whoever named it, and gets no other header. */
  private Response followed(Response first, String range) throws IOException {
    Response response = first;
    for (int redirects = 0; response.isRedirect(); redirects++) {
      String location = Optional.ofNullable(response.header("Location")).orElse("");
      @Nullable HttpUrl next = response.request().url().resolve(location);
      response.close();
      if (redirects == MOST_REDIRECTS) {
        throw refused("it redirects more than " + MOST_REDIRECTS + " times");
      }
      response = asked(judged(next, range), http);
    }
    return response;
  }

  /**
   * Asks once; no redirect is followed, and the caller closes the answer.
   *
   * @throws PlatformException {@code INPUT_REJECTED} when the address may not be asked
   * @throws IOException when there is no answer
   */
  public Response ask(Request request) throws IOException {
    judge(request.url());
    return asked(request, http);
  }

  private static String range(long first, long last) {
    return last < 0 ? "" : "bytes=" + first + "-" + last;
  }

  private static Request judged(@Nullable HttpUrl url, String range) throws IOException {
    return request(judge(url), range);
  }

  private static HttpUrl judge(@Nullable HttpUrl url) throws IOException {
    if (url == null || !url.isHttps() || !url.username().isEmpty()) {
      throw refused("only https:// addresses without a user are asked");
    }
    checkLiteral(url.host());
    return url;
  }

  private static Request request(HttpUrl url, String range) {
    Request.Builder request =
        new Request.Builder().url(url).get().header("Accept-Encoding", "identity");
    return (range.isEmpty() ? request : request.header("Range", range)).build();
  }

  private static Response asked(Request request, OkHttpClient client) throws IOException {
    try {
      return client.newCall(request).execute();
    } catch (Inside e) {
      throw refused(e.getMessage() + "; name a public address");
    } catch (UnknownHostException e) {
      if (e.getCause() instanceof Inside inside) {
        throw refused(inside.getMessage() + "; name a public address");
      }
      throw refused("the host " + request.url().host() + " is not known");
    }
  }

  /** Scheme, host and port: not the whole of a host is a server that settings name. */
  private static String server(HttpUrl url) {
    return url.scheme() + "://" + url.host() + ":" + url.port();
  }

  /** A host that is an address is never looked up, so it is judged before it is connected to. */
  private static void checkLiteral(String host) throws IOException {
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
