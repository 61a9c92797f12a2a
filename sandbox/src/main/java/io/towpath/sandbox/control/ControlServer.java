package io.towpath.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control port: JSON over HTTP for tests and for people who want to see a fault survived. */
public final class ControlServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ControlServer.class);

  private final HttpServer server;
  private final ExecutorService threads;

  /**
   * Starts to serve.
   *
   * @param port 0 for any free one
   */
  public ControlServer(ControlCalls calls, int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve the control port on " + port, e);
    }
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "sandbox-control");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", exchange -> serve(calls, exchange));
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void serve(ControlCalls calls, HttpExchange exchange) throws IOException {
    try (exchange) {
      ControlCalls.Answer answer = answer(calls, exchange);
      byte[] body =
          answer.body().map(JsonNode::toString).orElse("").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(body);
        }
      }
    }
  }

  private static ControlCalls.Answer answer(ControlCalls calls, HttpExchange exchange)
      throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    URI target = exchange.getRequestURI();
    try {
      return calls.answer(
          exchange.getRequestMethod(),
          target.getPath(),
          target.getRawQuery() == null ? "" : target.getRawQuery(),
          body);
    } catch (Problems.BadRequest bad) {
      return error(400, String.valueOf(bad.getMessage()));
    } catch (RuntimeException unexpected) {
      log.error("control port failed on {}", target.getPath(), unexpected);
      return error(500, "internal error, see the sandbox's log");
    }
  }

  private static ControlCalls.Answer error(int status, String message) {
    return ControlCalls.Answer.of(
        status, JsonNodeFactory.instance.objectNode().put("error", message));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
