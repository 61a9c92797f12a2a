package io.towpath.activities.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.workflows.failure.FailureKind;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(30)
class ApiClientTest {
  private static final ObjectNode BODY = JsonNodeFactory.instance.objectNode().put("a", 1);

  private final MockWebServer server = new MockWebServer();
  private final ApiClient api =
      new ApiClient(
          new OkHttpClient(),
          "Platform",
          new RateBudget(1_000, Duration.ofSeconds(1), 8),
          request -> request.newBuilder().header("Authorization", "Bearer secret").build(),
          body -> body.path("message").asText(""));

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_post_is_not_sent_again_on_503_with_retry_after_0() {
    always(answer -> answer.code(503).addHeader("Retry-After", "0"));

    failsToPost(FailureKind.OUTCOME_UNKNOWN);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void a_post_is_not_sent_again_on_408() {
    always(answer -> answer.code(408));

    failsToPost(FailureKind.OUTCOME_UNKNOWN);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void a_post_is_not_sent_again_when_a_pooled_connection_dies() {
    server.enqueue(new MockResponse.Builder().body("{}").build());
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    server.enqueue(new MockResponse.Builder().body("{}").build());
    assertThat(api.get(url())).isEmpty();

    failsToPost(FailureKind.OUTCOME_UNKNOWN);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void a_cut_body_and_html_are_unclear_after_a_post_and_no_answer_after_a_read() {
    always(answer -> answer.body("<html>busy</html>"));
    failsToPost(FailureKind.OUTCOME_UNKNOWN);
    failsToGet(FailureKind.PLATFORM_UNAVAILABLE);

    always(answer -> answer.body("{\"id\": 12").addHeader("Content-Type", "application/json"));
    failsToPost(FailureKind.OUTCOME_UNKNOWN);

    always(answer -> answer.body("{\"id\": 12}").onResponseBody(new SocketEffect.CloseSocket()));
    failsToPost(FailureKind.OUTCOME_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "400, INPUT_REJECTED, INPUT_REJECTED",
    "401, ACCESS_DENIED, ACCESS_DENIED",
    "403, ACCESS_DENIED, ACCESS_DENIED",
    "404, INPUT_REJECTED, INPUT_REJECTED",
    "408, PLATFORM_UNAVAILABLE, OUTCOME_UNKNOWN",
    "409, CONFLICT, CONFLICT",
    "422, INPUT_REJECTED, INPUT_REJECTED",
    "425, PLATFORM_UNAVAILABLE, OUTCOME_UNKNOWN",
    "429, PLATFORM_UNAVAILABLE, PLATFORM_UNAVAILABLE",
    "302, PLATFORM_UNAVAILABLE, OUTCOME_UNKNOWN",
    "500, PLATFORM_UNAVAILABLE, OUTCOME_UNKNOWN",
    "503, PLATFORM_UNAVAILABLE, OUTCOME_UNKNOWN"
  })
  void a_status_is_judged_by_what_the_call_does(int status, FailureKind read, FailureKind change) {
    assertThat(ApiClient.kindOf(status, false)).isEqualTo(read);
    assertThat(ApiClient.kindOf(status, true)).isEqualTo(change);
  }

  @Test
  void a_redirect_is_not_followed() {
    always(answer -> answer.code(302).addHeader("Location", server.url("/elsewhere")));

    failsToGet(FailureKind.PLATFORM_UNAVAILABLE);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void the_message_has_the_platforms_words_and_no_secrets() {
    always(
        answer ->
            answer
                .code(400)
                .body("{\"message\":\"no\\n https://host/file?X-Amz-Signature=abcdef99\"}"));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> api.get(url()))
        .withMessageStartingWith("Platform GET /things answered HTTP 400: no https://host/file?")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("abcdef99", "secret", "q=1"));
  }

  @Test
  void a_throttle_says_when_to_come_back_and_holds_everybody_back() {
    always(answer -> answer.code(429).addHeader("Retry-After", "600"));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> api.get(url()))
        .satisfies(e -> assertThat(e.retryAfter()).contains(Duration.ofMinutes(10)));
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> api.get(url()))
        .satisfies(
            e -> assertThat(e.retryAfter().orElseThrow()).isGreaterThan(Duration.ofMinutes(9)))
        .withMessageContaining("not sent");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void a_read_that_came_too_early_takes_one_more_turn_and_a_change_takes_none() {
    always(answer -> answer.code(429).addHeader("Retry-After", "0"));

    failsToGet(FailureKind.PLATFORM_UNAVAILABLE);
    assertThat(server.getRequestCount()).isEqualTo(2);
    failsToPost(FailureKind.PLATFORM_UNAVAILABLE);
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  private void always(Consumer<MockResponse.Builder> answer) {
    MockResponse.Builder builder = new MockResponse.Builder();
    answer.accept(builder);
    MockResponse response = builder.build();
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return response;
          }
        });
  }

  private HttpUrl url() {
    return server.url("/things?q=1");
  }

  private void failsToPost(FailureKind kind) {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> api.post(url(), BODY))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private void failsToGet(FailureKind kind) {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> api.get(url()))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
