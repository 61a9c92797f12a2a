package io.towpath.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * {@code /livez}: the process answers; {@code /readyz}: it polls and Temporal is reachable; {@code
 * /metrics}: Prometheus text. Liveness never depends on Temporal, so an outage restarts nobody.
 */
final class Health implements AutoCloseable {
  private final HttpServer server;

  Health(int port, BooleanSupplier ready) {
    try {
      server = HttpServer.create(new InetSocketAddress(port), 16);
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " (TOWPATH_HEALTH_PORT) cannot be opened", e);
    }
    server.createContext("/livez", exchange -> answer(exchange, 200, "live\n"));
    server.createContext(
        "/readyz",
        exchange -> {
          boolean is = ready.getAsBoolean();
          answer(exchange, is ? 200 : 503, is ? "ready\n" : "not ready\n");
        });
    server.createContext(
        "/metrics",
        exchange -> {
          Runtime jvm = Runtime.getRuntime();
          answer(
              exchange,
              200,
              "# TYPE towpath_worker_ready gauge\ntowpath_worker_ready "
                  + (ready.getAsBoolean() ? 1 : 0)
                  + "\n# TYPE towpath_worker_heap_bytes gauge\ntowpath_worker_heap_bytes "
                  + (jvm.totalMemory() - jvm.freeMemory())
                  + "\n");
        });
    server.start();
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
