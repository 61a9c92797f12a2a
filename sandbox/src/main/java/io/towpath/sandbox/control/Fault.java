package io.towpath.sandbox.control;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What happens to a call that a rule strikes (interface.md section 4).
 *
 * @param ms how long, of the kinds that take a time
 * @param bytes after how many bytes {@link Kind#TRUNCATE} cuts the body
 * @param code the answer's status, of the kinds that answer
 * @param body the answer's body, sent as it is
 * @param to where {@link Kind#REDIRECT} points
 */
public record Fault(
    Kind kind,
    long ms,
    long bytes,
    int code,
    Map<String, String> headers,
    Optional<String> body,
    String to) {

  /** The kinds of faults, by the names that rules use. */
  public enum Kind {
    REFUSE,
    DROP_BEFORE_COMMIT,
    DROP_AFTER_COMMIT,
    LATE_COMMIT("ms"),
    STATUS("code"),
    STATUS_AFTER_COMMIT("code"),
    TRUNCATE("bytes"),
    DELAY("ms"),
    HANG("ms"),
    HTML,
    HIDE("ms"),
    CORRUPT,
    REDIRECT("to");

    private final String required;

    Kind() {
      this("");
    }

    Kind(String required) {
      this.required = required;
    }

    /** The name in a rule: {@code drop-after-commit}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The field of {@code do} without which the kind means nothing; may be empty. */
    public String required() {
      return required;
    }

    static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
  }
}
