package io.towpath.proof.check;

import java.util.List;

/** What came of one rule for one scenario. */
public sealed interface Outcome {
  /**
   * The rule held.
   *
   * @param note what was not looked at, if anything
   */
  record Held(String note) implements Outcome {
    @Override
    public String toString() {
      return note.isEmpty() ? "held" : "held: " + note;
    }
  }

  /**
   * The rule was broken.
   *
   * @param how one sentence for each time, with what was found and what was expected
   */
  record Violated(List<String> how) implements Outcome {
    @Override
    public String toString() {
      return "violated: " + String.join("; ", how);
    }
  }

  /**
   * The scenario has nothing that the rule could be broken by.
   *
   * @param reason why not
   */
  record NotApplicable(String reason) implements Outcome {
    @Override
    public String toString() {
      return "n/a: " + reason;
    }
  }

  static Outcome of(List<String> violations) {
    return violations.isEmpty() ? new Held("") : new Violated(List.copyOf(violations));
  }
}
