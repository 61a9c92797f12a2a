package io.towpath.activities.sevenbridges;

import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a task's description says of who made it, so that the platform itself remembers it.
 *
 * @param key its operation key
 * @param businessKey of the claim that made it
 * @param generation of that claim
 * @param attempt number of the attempt that the key stands for
 * @param first number of the attempt that the generation began with
 */
record TaskMark(RunKey key, String businessKey, int generation, int attempt, int first) {
  private static final Pattern FORM =
      Pattern.compile(
          "Towpath ([a-z2-7]{13}) of (.+?), generation (\\d{1,6}), attempt (\\d{1,6}) from"
              + " (\\d{1,6})");

  /** The mark in a description; empty where there is none. */
  static Optional<TaskMark> in(String description) {
    Matcher mark = FORM.matcher(description);
    return mark.find()
        ? Optional.of(
            new TaskMark(
                new RunKey(mark.group(1)),
                mark.group(2),
                Integer.parseInt(mark.group(3)),
                Integer.parseInt(mark.group(4)),
                Integer.parseInt(mark.group(5))))
        : Optional.empty();
  }

  /** The description that holds this mark. */
  String text() {
    return "Towpath "
        + key
        + " of "
        + businessKey
        + ", generation "
        + generation
        + ", attempt "
        + attempt
        + " from "
        + first;
  }

  /** Whether this work made it, in whatever generation. */
  boolean isOf(Claim claim) {
    return businessKey.equals(claim.businessKey());
  }

  /** Whether this generation of the work made it. */
  boolean isOfGeneration(Claim claim) {
    return isOf(claim) && generation == claim.generation();
  }
}
