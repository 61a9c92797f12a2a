package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.Redaction;
import io.towpath.workflows.failure.FailureKind;

/**
 * Why one item of a bulk call, or one job, was refused.
 *
 * @param status the HTTP status that its code stands for; 0 where nobody knows
 */
record BulkError(int code, int status, String message) {
  private static final int MOST = 300;

  /** The error of an item that has no {@code resource}. */
  static BulkError of(JsonNode item) {
    return ofError(item.path("error"));
  }

  /** An error with {@code code} and {@code message}. */
  static BulkError ofError(JsonNode error) {
    int code = error.path("code").asInt(-1);
    int status = SevenBridgesDialect.meaning(code, error.path("status").asInt(0));
    return new BulkError(code, status, error.path("message").asText("no reason was given"));
  }

  /** Whether the item may be fine and only was not reached. */
  boolean passing() {
    return status == 429 || status >= 500;
  }

  /** Fails with {@code PLATFORM_UNAVAILABLE} when the item only was not reached. */
  void requireClear() {
    if (passing()) {
      throw new PlatformException(FailureKind.PLATFORM_UNAVAILABLE, "Seven Bridges: " + words());
    }
  }

  /** For people: message and code. */
  String words() {
    String oneLine = Redaction.of(message.replaceAll("\\s+", " ").strip());
    String shortened = oneLine.length() <= MOST ? oneLine : oneLine.substring(0, MOST) + "…";
    return code < 0 ? shortened : shortened + " (code " + code + ")";
  }
}
