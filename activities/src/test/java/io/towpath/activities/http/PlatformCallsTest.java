package io.towpath.activities.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(30)
class PlatformCallsTest {
  /** A platform that counts its quota in one header. */
  private static final class Counting implements Dialect {
    @Override
    public String words(JsonNode error) {
      return "";
    }

    @Override
    public Optional<RateBudget.Window> quota(Headers headers) {
      return Optional.ofNullable(headers.get("Left"))
          .map(left -> new RateBudget.Window(1_000, Long.parseLong(left), Duration.ofSeconds(1)));
    }
  }

  private final MockWebServer server = new MockWebServer();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final OkHttpClient http =
      new OkHttpClient.Builder()
          .addInterceptor(new PlatformCalls(meters, OpenTelemetry.noop().getTracer("test")))
          .build();
  private final ApiClient api = account("default");

  private ApiClient account(String name) {
    return new ApiClient(
        http,
        "Seven Bridges",
        new ApiAccount(
            name,
            HttpUrl.get("http://127.0.0.1"),
            new RateBudget(1_000, Duration.ofSeconds(1), 8),
            request -> request.newBuilder().header("Authorization", "Bearer secret").build(),
            new Counting()));
  }

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void each_call_counts_once_by_platform_and_class_of_status() {
    for (int status : List.of(200, 404, 429, 503)) {
      server.enqueue(new MockResponse.Builder().code(status).body("{}").build());
    }
    api.get(server.url("/"));
    for (int refused = 0; refused < 2; refused++) {
      assertThatExceptionOfType(PlatformException.class).isThrownBy(() -> api.get(server.url("/")));
    }
    assertThat(timers()).containsExactlyInAnyOrder("2xx 1", "4xx 1", "429 1", "5xx 1");
  }

  @Test
  void silence_counts_too() {
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    assertThatExceptionOfType(PlatformException.class).isThrownBy(() -> api.get(server.url("/")));
    assertThat(timers()).containsExactly("none 1");
  }

  @Test
  void the_quota_of_an_account_is_what_the_platform_said_last() {
    assertThat(meters.find("towpath.platform.quota.left").gauge()).isNull();
    for (String left : List.of("900", "899")) {
      spends(api, left);
    }
    spends(account("lab"), "40");
    assertThat(left("default")).isEqualTo(899);
    assertThat(left("lab")).isEqualTo(40);
  }

  private void spends(ApiClient account, String left) {
    server.enqueue(new MockResponse.Builder().addHeader("Left", left).body("{}").build());
    account.get(server.url("/"));
  }

  private double left(String account) {
    return meters.get("towpath.platform.quota.left").tag("account", account).gauge().value();
  }

  @Test
  void a_server_that_is_no_platform_is_another() throws IOException {
    server.enqueue(new MockResponse.Builder().build());
    try (Response response =
        http.newCall(new Request.Builder().url(server.url("/")).build()).execute()) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(meters.get("towpath.platform.http").tag("platform", "other").timer().count())
        .isEqualTo(1);
  }

  private List<String> timers() {
    return meters.get("towpath.platform.http").tag("platform", "sevenbridges").timers().stream()
        .map(PlatformCallsTest::line)
        .toList();
  }

  private static String line(Timer timer) {
    return timer.getId().getTag("status") + " " + timer.count();
  }
}
