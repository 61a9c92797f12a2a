package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.temporal.testserver.TestServer;
import io.towpath.sandbox.Sandbox;
import io.towpath.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a worker in a process of its own tells, while Temporal is there and when it is gone. */
@Tag("suite")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HealthIT {
  /** JDK 24 and later tell of methods of theirs that libraries should not use any more. */
  private static final String OF_A_NEWER_JVM = "|WARNING: .*";

  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<String> collected = new LinkedBlockingQueue<>();

  @Test
  void a_worker_tells_of_itself_and_outlives_temporal() throws Exception {
    int temporal = free();
    int health = free();
    HttpServer collector = collector();
    TestServer.PortBoundTestServer server = TestServer.createPortBoundServer(temporal);
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.forTests())) {
      Map<String, String> settings = new TreeMap<>(sandbox.env());
      settings.putAll(Stack.FAST);
      settings.put("TEMPORAL_ADDRESS", "127.0.0.1:" + temporal);
      settings.put("TOWPATH_HEALTH_PORT", String.valueOf(health));
      settings.put("TOWPATH_LOG_FORMAT", "json");
      settings.put(
          "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + collector.getAddress().getPort());
      try (WorkerProcess worker = WorkerProcess.start(WorkerMain.class, settings)) {
        tellsOfItself(health);
        server.close();
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> ask(health, "/readyz").statusCode() == 503);
        // It says so when the next of its polls has failed.
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !worker.said().isEmpty());
        assertThat(ask(health, "/livez").statusCode()).isEqualTo(200);
        assertThat(worker.lives()).isTrue();
        assertThat(worker.said())
            .filteredOn(line -> !line.matches(OF_A_NEWER_JVM))
            .isNotEmpty()
            .allSatisfy(line -> assertThat(Stack.JSON.readTree(line).isObject()).isTrue())
            .allSatisfy(line -> assertThat(line).doesNotContain(secrets(settings)));
      }
    } finally {
      server.close();
      collector.stop(0);
    }
  }

  private void tellsOfItself(int health) throws Exception {
    assertThat(ask(health, "/readyz").statusCode()).isEqualTo(200);
    assertThat(ask(health, "/metrics").body().lines())
        .contains("towpath_worker_ready 1.0")
        .anyMatch(line -> line.startsWith("towpath_platform_http_seconds_count{platform=\"s3\""))
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"));
    assertThat(collected.poll(30, TimeUnit.SECONDS)).isEqualTo("POST /v1/traces");
  }

  private static List<String> secrets(Map<String, String> settings) {
    return Stream.of("SYNAPSE_AUTH_TOKEN", "TOWER_ACCESS_TOKEN", "AWS_SECRET_ACCESS_KEY")
        .map(settings::get)
        .map(Objects::requireNonNull)
        .toList();
  }

  private HttpServer collector() throws IOException {
    HttpServer server = HttpServer.create(ANY, 8);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            collected.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(200, -1);
          }
        });
    server.start();
    return server;
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(ANY);
      return socket.getLocalPort();
    }
  }

  private HttpResponse<String> ask(int port, String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
