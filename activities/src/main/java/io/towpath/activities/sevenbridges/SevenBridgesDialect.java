package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.Dialect;
import io.towpath.activities.http.RateBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.Headers;

/**
 * What Seven Bridges' error codes and rate headers mean. The code is documented, the HTTP status
 * beside it often is not, so among refusals the code decides. An answer of 500 or more stays one:
 * whatever it says, nobody knows what happened.
 *
 * @see <a href="https://docs.cavatica.org/reference/api-status-codes">API status codes</a>
 */
final class SevenBridgesDialect implements Dialect {
  /** The platform's own clients sleep this long when it is under maintenance. */
  static final Duration MAINTENANCE = Duration.ofMinutes(5);

  /** Those who were refused together must not come back together. */
  private static final int JITTER_MILLIS = 2_000;

  @Override
  public String words(JsonNode error) {
    String message = error.path("message").asText("");
    String more = error.path("more_info").asText("");
    String code = error.path("code").asText("");
    return message
        + (code.isEmpty() ? "" : " (code " + code + ")")
        + (more.isEmpty() ? "" : ", see " + more);
  }

  @Override
  public int statusOf(int status, JsonNode error) {
    JsonNode code = error.path("code");
    return status < 400 || status >= 500 || !code.canConvertToInt()
        ? status
        : meaning(code.asInt(), status);
  }

  /** The HTTP status that a code stands for; also of errors of single items and of jobs. */
  static int meaning(int code, int otherwise) {
    return switch (code) {
      case 0, 9000, 9100, 13004, 90005 -> 503;
      case 1000 -> 429;
      case 90001 -> 401;
      case 5014, 5032, 9001, 9002, 9003, 9004, 9005, 9020, 9026, 9101, 9102, 9103, 9109, 90002 ->
          403;
      case 5026, 9007, 9008, 9009, 9012, 9104, 9105, 9106, 90003 -> 404;
      case 5030, 7007, 7008, 7009, 7010, 7011, 7026, 9010, 9107, 9108, 90007 -> 409;
      default -> ofFamily(code, otherwise);
    };
  }

  /** In the families of users, projects, billing, files, apps, tasks and searches. */
  private static int ofFamily(int code, int otherwise) {
    int family = code / 1000;
    if ((family < 2 || family > 7) && family != 13) {
      return otherwise;
    }
    return switch (code % 1000) {
      case 0 -> 503;
      case 1 -> 403;
      case 2 -> 404;
      case 3 -> 409;
      default -> otherwise;
    };
  }

  @Override
  public Optional<Duration> retryAfter(int status, JsonNode error, Headers headers) {
    Optional<Duration> named = Dialect.super.retryAfter(status, error, headers);
    if (named.isPresent()) {
      return named;
    }
    if (status == 429) {
      return untilReset(headers)
          .map(time -> time.plusMillis(ThreadLocalRandom.current().nextInt(JITTER_MILLIS)));
    }
    boolean maintenance = status == 503 && error.path("code").asInt(-1) == 0;
    return maintenance ? Optional.of(MAINTENANCE) : Optional.empty();
  }

  @Override
  public Optional<RateBudget.Window> quota(Headers headers) {
    Optional<Long> limit = number(headers, "X-RateLimit-Limit");
    Optional<Long> remaining = number(headers, "X-RateLimit-Remaining");
    Optional<Duration> untilReset = untilReset(headers);
    return limit.isPresent() && remaining.isPresent() && untilReset.isPresent()
        ? Optional.of(new RateBudget.Window(limit.get(), remaining.get(), untilReset.get()))
        : Optional.empty();
  }

  /** By the platform's own clock, where its answer tells the time. */
  private static Optional<Duration> untilReset(Headers headers) {
    Date date = headers.getDate("Date");
    Instant now = date == null ? Instant.now() : date.toInstant();
    return number(headers, "X-RateLimit-Reset")
        .map(reset -> Duration.between(now, Instant.ofEpochSecond(reset)))
        .map(time -> time.isNegative() ? Duration.ZERO : time);
  }

  private static Optional<Long> number(Headers headers, String name) {
    String value = headers.get(name);
    return value != null && value.strip().matches("\\d{1,12}")
        ? Optional.of(Long.parseLong(value.strip()))
        : Optional.empty();
  }
}
