package io.towpath.activities.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.RateBudget.Window;
import java.time.Duration;
import okhttp3.Headers;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SevenBridgesDialectTest {
  private static final Headers NONE = Headers.of();

  private final SevenBridgesDialect dialect = new SevenBridgesDialect();

  @ParameterizedTest(name = "HTTP {0} with code {1} is {2}")
  @CsvSource({
    "399, 5002,  399",
    "400, 5002,  404",
    "499, 5002,  404",
    "500, 5002,  500",
    "400, 1000,  429",
    "400, 90001, 401",
    "400, 9000,  503",
    "400, 9100,  503",
    "400, 1001,  400",
    "400, 2001,  403",
    "400, 7003,  409",
    "400, 8002,  400",
    "400, 13000, 503",
    "400, 14000, 400",
    "400, 5026,  404",
    "400, 5014,  403",
    "400, 7007,  409",
    "400, 5999,  400"
  })
  void a_code_says_more_than_the_status_of_a_refusal(int status, int code, int meaning) {
    assertThat(dialect.statusOf(status, error().put("code", code))).isEqualTo(meaning);
  }

  @Test
  void a_refusal_without_a_code_is_what_its_status_says() {
    assertThat(dialect.statusOf(404, error())).isEqualTo(404);
    assertThat(dialect.statusOf(404, error().put("code", "many"))).isEqualTo(404);
  }

  @Test
  void words_are_message_code_and_where_to_read_on() {
    assertThat(dialect.words(error().put("message", "no").put("code", 5002).put("more_info", "x")))
        .isEqualTo("no (code 5002), see x");
    assertThat(dialect.words(error().put("message", "no"))).isEqualTo("no");
  }

  @Test
  void a_throttle_ends_with_the_window_and_not_for_all_at_once() {
    Headers headers = rates("1000", "0", "1767225660");

    assertThat(dialect.retryAfter(429, error(), headers).orElseThrow())
        .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(62));
    assertThat(dialect.retryAfter(503, error().put("code", 5000), headers)).isEmpty();
    assertThat(
            dialect.retryAfter(429, error(), headers.newBuilder().add("Retry-After", "7").build()))
        .contains(Duration.ofSeconds(7));
  }

  @Test
  void maintenance_lasts_as_long_as_the_platforms_own_clients_wait() {
    assertThat(dialect.retryAfter(503, error().put("code", 0), NONE))
        .contains(SevenBridgesDialect.MAINTENANCE);
    assertThat(dialect.retryAfter(500, error().put("code", 0), NONE)).isEmpty();
    assertThat(dialect.retryAfter(503, error(), NONE)).isEmpty();
  }

  @Test
  void the_quota_is_told_by_three_headers_or_not_at_all() {
    assertThat(dialect.quota(rates("1000", "12", "1767225660")))
        .contains(new Window(1_000, 12, Duration.ofSeconds(60)));
    assertThat(dialect.quota(rates("1000", "12", "1767225500")))
        .as("a window that is over")
        .contains(new Window(1_000, 12, Duration.ZERO));
    assertThat(dialect.quota(rates("many", "12", "1767225660"))).isEmpty();
    assertThat(dialect.quota(rates("1000", "-1", "1767225660"))).isEmpty();
    assertThat(dialect.quota(rates("1000", "12", ""))).isEmpty();
    assertThat(dialect.quota(NONE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "DRAFT, DRAFT, false",
    "CREATING, ACTIVE, false",
    "QUEUED, ACTIVE, false",
    "RUNNING, ACTIVE, false",
    "a new word, ACTIVE, false",
    "COMPLETED, COMPLETED, true",
    "FAILED, FAILED, true",
    "ABORTED, FAILED, true"
  })
  void a_word_of_the_platform_is_a_phase(String word, TaskPhase phase, boolean ended) {
    assertThat(TaskPhase.of(word)).isEqualTo(phase);
    assertThat(phase.ended()).isEqualTo(ended);
  }

  private static Headers rates(String limit, String remaining, String reset) {
    return Headers.of(
        "Date", "Thu, 01 Jan 2026 00:00:00 GMT",
        "X-RateLimit-Limit", limit,
        "X-RateLimit-Remaining", remaining,
        "X-RateLimit-Reset", reset);
  }

  private static ObjectNode error() {
    return JsonNodeFactory.instance.objectNode();
  }
}
