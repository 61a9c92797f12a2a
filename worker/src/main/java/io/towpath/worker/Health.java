package io.towpath.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.towpath.worker.telemetry.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * {@code /livez}: the process answers; {@code /readyz}: it polls and Temporal says that it serves;
 * {@code /metrics}: Prometheus text. Liveness never depends on Temporal, so an outage restarts
 * nobody. Four questions are answered at a time, so that one that waits for Temporal holds up no
 * look at liveness.
 */
final class Health implements AutoCloseable {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final int AT_ONCE = 4;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, Health::thread);

  /** What a path answers. */
  private record Page(int status, String type, String text) {}

  /**
   * Answers from now on.
   *
   * @param address where; port 0 is any free one
   * @param metrics Prometheus text
   */
  Health(InetSocketAddress address, BooleanSupplier ready, Supplier<String> metrics) {
    try {
      server = HttpServer.create(address, 16);
    } catch (IOException e) {
      throw new UncheckedIOException(
          address.getHostString()
              + ":"
              + address.getPort()
              + " (TOWPATH_HEALTH_HOST, TOWPATH_HEALTH_PORT) cannot be opened: "
              + e.getMessage(),
          e);
    }
    server.setExecutor(threads);
    page("/", () -> new Page(404, TEXT, "/livez, /readyz and /metrics are here\n"));
    page("/livez", () -> new Page(200, TEXT, "live\n"));
    page(
        "/readyz",
        () ->
            ready.getAsBoolean()
                ? new Page(200, TEXT, "ready\n")
                : new Page(503, TEXT, "not ready\n"));
    page("/metrics", () -> new Page(200, Metrics.CONTENT_TYPE, metrics.get()));
    server.start();
  }

  /** The port that it answers on. */
  int port() {
    return server.getAddress().getPort();
  }

  private void page(String path, Supplier<Page> page) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            boolean exact = path.equals("/") || exchange.getRequestURI().getPath().equals(path);
            answer(exchange, exact ? page.get() : new Page(404, TEXT, "not here\n"));
          }
        });
  }

  /** GET and HEAD; a body of a question is nothing to wait for. */
  private static void answer(HttpExchange exchange, Page page) throws IOException {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      exchange.sendResponseHeaders(405, -1);
      return;
    }
    byte[] bytes = page.text().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", page.type());
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
      exchange.sendResponseHeaders(page.status(), -1);
    } else {
      exchange.sendResponseHeaders(page.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "health");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
