package io.towpath.activities.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Headers;

/** How one platform words its refusals and counts its quota. */
public interface Dialect {
  /** The platform's own words in an error body; empty where it has none. */
  String words(JsonNode error);

  /** The HTTP status that an error stands for, where its code says more than the status. */
  default int statusOf(int status, JsonNode error) {
    return status;
  }

  /** When the platform wants to be asked again after this error. */
  default Optional<Duration> retryAfter(int status, JsonNode error, Headers headers) {
    String seconds = headers.get("Retry-After");
    if (seconds == null || !seconds.strip().matches("\\d{1,5}")) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds(Math.max(1, Long.parseLong(seconds.strip()))));
  }

  /** What the platform says is left of the credential's quota. */
  default Optional<RateBudget.Window> quota(Headers headers) {
    return Optional.empty();
  }
}
