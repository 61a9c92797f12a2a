package io.towpath.sandbox.seqera;

import java.util.regex.Pattern;

/**
 * Nextflow's rule for run names (its CmdRun): letters and digits, single separators, not "last".
 */
final class RunName {
  private static final Pattern LEGAL =
      Pattern.compile("[a-z](?:[a-z\\d]|[-_](?=[a-z\\d])){0,79}", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST = 80;

  private RunName() {}

  /** Refuses a name that Nextflow would refuse. */
  static void check(String name) {
    if (name.length() > LONGEST) {
      throw Answers.badRequest(
          "Workflow run name '" + name + "' exceeds the maximum length of 80 characters");
    }
    if (!LEGAL.matcher(name).matches() || name.equals("last")) {
      throw Answers.badRequest(
          "Invalid workflow run name '"
              + name
              + "': it must match the pattern "
              + LEGAL.pattern()
              + " and not be 'last'");
    }
  }
}
