package io.towpath.sandbox.s3;

import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.Timeout;

/**
 * Hands requests on to S3Proxy as they were signed, streaming both bodies; the {@code Host} header
 * stays the client's, or the signature would not hold.
 *
 * <p>Each request has a connection of its own: S3Proxy closes kept ones when it likes, and a
 * request that meets a closed one cannot be told from one that S3Proxy broke off.
 */
final class Forwarder implements AutoCloseable {
  /** Headers of one hop, and those that the HTTP library writes itself. */
  private static final Set<String> NOT_FORWARDED =
      Set.of(
          "connection",
          "content-length",
          "date",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+\\])(?::(\\d{1,5}))?");
  private static final int MOST_PORT = 65_535;
  private static final int MOST_CONNECTIONS = 400;
  private static final Timeout REFUSAL = Timeout.ofSeconds(2);
  private static final RequestConfig CONFIG =
      RequestConfig.custom()
          .setExpectContinueEnabled(true)
          .setResponseTimeout(Timeout.DISABLED)
          .build();

  private final CloseableHttpClient http;
  private final HttpHost target;

  Forwarder(int port) {
    this.target = new HttpHost("http", "127.0.0.1", port);
    this.http =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(MOST_CONNECTIONS)
                    .setMaxConnPerRoute(MOST_CONNECTIONS)
                    .build())
            .setDefaultRequestConfig(CONFIG)
            .disableAutomaticRetries()
            .setConnectionReuseStrategy((request, response, context) -> false)
            .disableAuthCaching()
            .disableContentCompression()
            .disableCookieManagement()
            .disableRedirectHandling()
            .disableDefaultUserAgent()
            .build();
  }

  Reply forward(Call call) throws IOException {
    Upload upload = new Upload(call.stream());
    ClassicHttpRequest request = head(call);
    bodyLength(call)
        .ifPresent(length -> request.setEntity(new InputStreamEntity(upload, length, null)));
    try {
      return readOut(call, reply(http.executeOpen(target, request, null), call.method()));
    } catch (IOException notTaken) {
      if (request.getEntity() == null || upload.isLost()) {
        throw notTaken;
      }
      return readOut(call, askForRefusal(call));
    }
  }

  /**
   * A client that still sends sees a broken pipe instead of the refusal: lets it come to its end.
   */
  private static Reply readOut(Call call, Reply reply) throws IOException {
    if (reply.status() >= 400) {
      call.stream().transferTo(OutputStream.nullOutputStream());
    }
    return reply;
  }

  /**
   * S3Proxy refuses a bad signature, a missing bucket or a failed condition at once and closes the
   * connection in the middle of the body; its answer is lost then. It gives the same answer to the
   * request's head alone.
   */
  private Reply askForRefusal(Call call) throws IOException {
    BasicClassicHttpRequest request = head(call);
    long length = bodyLength(call).orElse(0L);
    request.setEntity(new InputStreamEntity(InputStream.nullInputStream(), length, null));
    HttpClientContext briefly = HttpClientContext.create();
    briefly.setRequestConfig(RequestConfig.copy(CONFIG).setResponseTimeout(REFUSAL).build());
    return reply(http.executeOpen(target, request, briefly), call.method());
  }

  private static BasicClassicHttpRequest head(Call call) {
    BasicClassicHttpRequest request =
        new BasicClassicHttpRequest(call.method(), call.rawPath() + query(call));
    call.header("host").ifPresent(host -> request.setAuthority(authority(host)));
    call.headers()
        .forEach(
            (name, values) -> {
              if (!NOT_FORWARDED.contains(name)) {
                values.forEach(value -> request.addHeader(name, value));
              }
            });
    call.header("date").ifPresent(date -> request.addHeader("Date", date));
    call.header("trailer").ifPresent(names -> request.addHeader("Trailer", names));
    return request;
  }

  /** The body's length, -1 when the request does not say, empty when there is none. */
  private static Optional<Long> bodyLength(Call call) {
    Optional<Long> length = call.header("content-length").map(text -> Long.valueOf(text.strip()));
    boolean chunked = length.isEmpty() && call.header("transfer-encoding").isPresent();
    return chunked ? Optional.of(-1L) : length;
  }

  private static URIAuthority authority(String host) {
    Matcher parts = HOST.matcher(host);
    int port = parts.matches() && parts.group(2) != null ? Integer.parseInt(parts.group(2)) : -1;
    if (!parts.matches() || port > MOST_PORT) {
      throw new ReplyException(
          S3Errors.reply(400, "InvalidRequest", "The Host header is not valid: " + host));
    }
    return new URIAuthority(parts.group(1), port);
  }

  /** The query again, encoded as signatures want it. */
  private static String query(Call call) {
    if (call.query().isEmpty()) {
      return "";
    }
    StringJoiner query = new StringJoiner("&", "?", "");
    call.query()
        .forEach(
            (name, values) ->
                values.forEach(value -> query.add(encode(name) + "=" + encode(value))));
    return query.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static Reply reply(ClassicHttpResponse response, String method) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    long length = -1;
    for (Header header : response.getHeaders()) {
      String name = header.getName().toLowerCase(Locale.ROOT);
      if (name.equals("content-length")) {
        length = Long.parseLong(header.getValue());
      } else if (!NOT_FORWARDED.contains(name)) {
        headers.put(header.getName(), header.getValue());
      }
    }
    HttpEntity entity = response.getEntity();
    if (entity == null || method.equals("HEAD")) {
      response.close();
      return new Reply(
          response.getCode(),
          headers,
          InputStream.nullInputStream(),
          method.equals("HEAD") ? length : 0,
          false,
          Optional.empty());
    }
    if (response.getCode() >= 400) {
      return refusal(response, headers, entity);
    }
    return new Reply(
        response.getCode(),
        headers,
        new ResponseBody(entity.getContent(), response),
        length,
        false,
        Optional.empty());
  }

  private static Reply refusal(
      ClassicHttpResponse response, Map<String, String> headers, HttpEntity entity)
      throws IOException {
    try (response) {
      byte[] body = entity.getContent().readAllBytes();
      return new Reply(
          response.getCode(),
          headers,
          new ByteArrayInputStream(body),
          body.length,
          false,
          Optional.empty());
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
  }

  /** Returns the connection when read to the end, and drops it when not. */
  private static final class ResponseBody extends FilterInputStream {
    private final ClassicHttpResponse response;

    private ResponseBody(InputStream content, ClassicHttpResponse response) {
      super(content);
      this.response = response;
    }

    @Override
    public void close() throws IOException {
      response.close();
    }
  }

  /** What a request names besides its own bucket: the source of a copy. */
  static List<String> buckets(Call call) {
    Optional<String> source =
        call.header("x-amz-copy-source").map(io.towpath.sandbox.http.Urls::decodePath);
    List<String> own = List.of(call.variable("bucket"));
    return source
        .map(from -> List.of(own.get(0), from.replaceFirst("^/", "").split("/", 2)[0]))
        .orElse(own);
  }
}
