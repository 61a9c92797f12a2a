package io.towpath.starter.screen;

import io.towpath.workflows.WorkflowIds;
import io.towpath.workflows.ledger.ClaimDecision.Difference;
import io.towpath.workflows.model.Problem;
import java.util.ArrayList;
import java.util.List;

/** Lays out what was found, place on the left and words on the right, wrapped. */
public final class Listing {
  private static final int PLACE_WIDTH = 26;
  private static final int TEXT_WIDTH = Wrapping.COLUMNS - 2 - PLACE_WIDTH;

  private Listing() {}

  /** {@code 4 problems in r.yaml; nothing was started.}, and each of them. */
  public static String problems(String file, List<Problem> problems) {
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    List<String> lines = new ArrayList<>();
    lines.add(count + " in " + file + "; nothing was started.");
    lines.add("");
    for (Problem problem : problems) {
      row(lines, problem.place().isEmpty() ? "request" : problem.place(), problem.text());
    }
    return String.join("\n", lines);
  }

  /** Why a key is taken, field by field. */
  public static String conflict(String workflowId, String reason, List<Difference> differences) {
    List<String> lines = new ArrayList<>();
    lines.add("CONFLICT: " + workflowId + " is taken; nothing was started.");
    if (!reason.isEmpty()) {
      lines.addAll(Wrapping.lines(reason, Wrapping.COLUMNS));
    }
    if (!differences.isEmpty()) {
      lines.add("");
    }
    for (Difference difference : differences) {
      row(
          lines,
          difference.path(),
          "recorded: "
              + orNothing(difference.recorded())
              + "\nasked:    "
              + orNothing(difference.asked()));
    }
    lines.add("");
    lines.add(
        workflowId.startsWith(WorkflowIds.ROUND_TRIP + "/")
            ? "Give the request a recipe of its own, or ask for the recorded one."
            : "Ask for the recorded one, or do this work instead with --rerun always.");
    return String.join("\n", lines);
  }

  /** One place and its words, wrapped below themselves; a word that is too wide starts left. */
  public static void row(List<String> lines, String place, String text) {
    String indent = " ".repeat(2 + PLACE_WIDTH);
    String head = "  " + place;
    if (place.length() >= PLACE_WIDTH - 1) {
      lines.add(head);
      head = "";
    }
    for (String part : Wrapping.lines(text, TEXT_WIDTH)) {
      boolean wide = part.length() > TEXT_WIDTH;
      if (wide && !head.isEmpty()) {
        lines.add(head);
        head = "";
      }
      String before = wide ? "    " : indent;
      lines.add((head.isEmpty() ? before : head + indent.substring(head.length())) + part);
      head = "";
    }
  }

  private static String orNothing(String json) {
    return json.isEmpty() ? "nothing" : json;
  }
}
