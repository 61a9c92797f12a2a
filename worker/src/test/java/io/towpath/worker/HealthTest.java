package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What probes and scrapers are answered. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HealthTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final AtomicBoolean polls = new AtomicBoolean(true);
  private final AtomicBoolean serves = new AtomicBoolean(true);
  private final AtomicInteger asked = new AtomicInteger();
  private final Health health =
      new Health(ANY, new Readiness(polls::get, this::temporal, Duration.ZERO), () -> "m 1\n");
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    health.close();
  }

  private boolean temporal() {
    asked.incrementAndGet();
    return serves.get();
  }

  @Test
  void ready_is_who_polls_while_temporal_serves() throws Exception {
    assertThat(status("GET", "/readyz")).isEqualTo(200);
    serves.set(false);
    assertThat(status("GET", "/readyz")).isEqualTo(503);
    assertThat(status("GET", "/livez")).as("alive without Temporal").isEqualTo(200);
    serves.set(true);
    polls.set(false);
    assertThat(status("HEAD", "/readyz")).isEqualTo(503);
    assertThat(status("GET", "/livez")).isEqualTo(200);
  }

  @Test
  void temporal_is_asked_once_while_its_answer_stands() {
    Readiness ready = new Readiness(polls::get, this::temporal, Duration.ofHours(1));
    assertThat(ready.getAsBoolean()).isTrue();
    serves.set(false);
    assertThat(ready.getAsBoolean()).isTrue();
    assertThat(asked).hasValue(1);
  }

  @Test
  void liveness_does_not_ask_temporal() throws Exception {
    assertThat(status("GET", "/livez")).isEqualTo(200);
    assertThat(asked).hasValue(0);
  }

  @Test
  void metrics_are_text_that_prometheus_reads() throws Exception {
    HttpResponse<String> metrics = send("GET", "/metrics");
    assertThat(metrics.body()).isEqualTo("m 1\n");
    assertThat(metrics.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void a_head_says_how_long_the_answer_would_be() throws Exception {
    HttpResponse<String> head = send("HEAD", "/metrics");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length")).hasValue("4");
  }

  @Test
  void what_is_not_a_question_is_refused_with_what_is() throws Exception {
    HttpResponse<String> refused = send("POST", "/metrics");
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.headers().firstValue("Allow")).hasValue("GET, HEAD");
  }

  @Test
  void other_paths_are_not_here() throws Exception {
    assertThat(status("GET", "/")).isEqualTo(404);
    assertThat(status("GET", "/livez/more")).isEqualTo(404);
    assertThat(status("GET", "/metricsX")).isEqualTo(404);
  }

  @Test
  void a_port_that_is_taken_is_named_with_its_settings() {
    InetSocketAddress taken =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), health.port());
    assertThatThrownBy(() -> new Health(taken, polls::get, () -> ""))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(":" + health.port())
        .hasMessageContaining("TOWPATH_HEALTH_PORT");
  }

  private int status(String method, String path) throws IOException, InterruptedException {
    return send(method, path).statusCode();
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + health.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
