package io.towpath.sandbox.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectableChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;

/**
 * One exchange on a TCP connection: reads the request, sends an answer whole, cut or not at all.
 */
final class Wire {
  private static final int CHUNK = 64 << 10;

  private final Request request;
  private final Response response;

  Wire(Request request, Response response) {
    this.request = request;
    this.response = response;
  }

  Router.Line line(boolean collapseSlashes) {
    String path = request.getHttpURI().getPath();
    String rawPath = path == null || path.isEmpty() ? "/" : path;
    String query = request.getHttpURI().getQuery();
    return new Router.Line(
        request.getMethod().toUpperCase(Locale.ROOT),
        collapseSlashes ? rawPath.replaceAll("/{2,}", "/") : rawPath,
        Urls.query(query == null ? "" : query),
        headers());
  }

  private Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      String value = field.getValue() == null ? "" : field.getValue();
      headers.computeIfAbsent(field.getLowerCaseName(), any -> new ArrayList<>()).add(value);
    }
    return headers;
  }

  /** The client's IP address. */
  String address() {
    return Request.getRemoteAddr(request);
  }

  InputStream body() {
    return Content.Source.asInputStream(request);
  }

  /** Sends the whole answer; an exception says that the client did not get it. */
  void send(Reply reply) throws IOException {
    begin(reply);
    if (bodiless(reply)) {
      reply.body().close();
      return;
    }
    try (InputStream body = reply.body();
        OutputStream out = Content.Sink.asOutputStream(response)) {
      if (reply.length() < 0) {
        out.flush();
      }
      copy(body, out, Long.MAX_VALUE);
    }
  }

  /** Answers a request that is no good HTTP, as the platform answers bad requests. */
  void refuse(Platform platform) throws IOException {
    int status = response.getStatus();
    Object cause = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    String message = cause == null ? "malformed request" : cause.toString();
    send(platform.error(status, message).with("Connection", "close"));
  }

  /** Sends the head and the first bytes of the body, then closes the connection. */
  void sendCut(Reply reply, long bytes) throws IOException {
    begin(reply);
    try (InputStream body = reply.body()) {
      OutputStream out = Content.Sink.asOutputStream(response);
      copy(body, out, bytes);
      out.flush();
    } finally {
      close();
    }
  }

  private void begin(Reply reply) {
    response.setStatus(reply.status());
    reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    boolean noLength = reply.status() == 204 || reply.status() == 304 || reply.status() < 200;
    if (reply.length() >= 0 && !noLength) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.length());
    }
  }

  private boolean bodiless(Reply reply) {
    return request.getMethod().equals("HEAD")
        || reply.length() == 0
        || reply.status() == 204
        || reply.status() == 304;
  }

  private static void copy(InputStream from, OutputStream to, long most) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long left = most;
    while (left > 0) {
      int read = from.read(chunk, 0, (int) Math.min(left, CHUNK));
      if (read < 0) {
        return;
      }
      to.write(chunk, 0, read);
      left -= read;
    }
  }

  /** Closes the TCP connection without an answer. */
  void close() {
    endPoint().close();
  }

  /** Resets the TCP connection: the client sees RST instead of an orderly end. */
  void reset() {
    if (endPoint() instanceof SelectableChannelEndPoint plain
        && plain.getChannel() instanceof java.nio.channels.SocketChannel socket) {
      try {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException alreadyGone) {
        // Then there is nothing left to reset, and closing is harmless.
      }
    }
    close();
  }

  private EndPoint endPoint() {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }
}
