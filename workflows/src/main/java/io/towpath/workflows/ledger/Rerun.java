package io.towpath.workflows.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** When a finished request is done again, as the next generation. */
public enum Rerun {
  /** After FAILED, PARTIAL or CANCELLED; a success stays done. */
  IF_FAILED("ifFailed"),
  /** Whatever the outcome was. */
  ALWAYS("always"),
  /** Whatever the outcome was, it stays. */
  NEVER("never");

  private final String word;

  Rerun(String word) {
    this.word = word;
  }

  @JsonValue
  public String word() {
    return word;
  }

  @JsonCreator
  public static Rerun of(String word) {
    for (Rerun rerun : values()) {
      if (rerun.word.equals(word)) {
        return rerun;
      }
    }
    throw new IllegalArgumentException("\"" + word + "\" is none of: ifFailed, always, never");
  }
}
