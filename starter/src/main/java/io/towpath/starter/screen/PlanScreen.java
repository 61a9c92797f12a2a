package io.towpath.starter.screen;

import io.towpath.workflows.ledger.ClaimDecision;
import io.towpath.workflows.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/** What a request would do, for people. */
public final class PlanScreen {
  private PlanScreen() {}

  /** The answer of {@code check} when nothing stands in the way. */
  public static String checked(String file, Plan plan) {
    List<String> lines = new ArrayList<>();
    lines.add("no problems in " + file + "; nothing was started.");
    addWork(lines, plan);
    return String.join("\n", lines);
  }

  /** The answer of {@code start --dry-run}. */
  public static String dryRun(Plan plan, String temporalCommand) {
    List<String> lines = new ArrayList<>();
    lines.add("dry run; nothing was started.");
    addWork(lines, plan);
    lines.add("");
    lines.add("The same by the Temporal CLI:");
    lines.add("  " + temporalCommand);
    return String.join("\n", lines);
  }

  private static void addWork(List<String> lines, Plan plan) {
    lines.add("");
    Listing.row(lines, "workflow id", plan.workflowId().orElse("not resolved"));
    Listing.row(lines, "spec digest", plan.specDigest().orElse("not resolved"));
    plan.decision().ifPresent(decision -> Listing.row(lines, "ledger", ledger(decision)));
    for (Plan.Preview preview : plan.preview()) {
      Listing.row(lines, preview.stage(), preview.text());
    }
    for (String warning : plan.warnings()) {
      Listing.row(lines, "warning", warning);
    }
    for (String notChecked : plan.notChecked()) {
      Listing.row(lines, "not checked", notChecked);
    }
  }

  private static String ledger(ClaimDecision decision) {
    return switch (decision.verdict()) {
      case FREE -> "nobody has asked for this yet";
      case CONFLICT -> decision.reason();
      case DONE -> "this is done already; start answers NOOP with the first report";
      case CLAIMED ->
          decision
              .previousGeneration()
              .map(previous -> "start opens generation " + (previous + 1))
              .orElse("start goes on with the work that was begun");
    };
  }
}
