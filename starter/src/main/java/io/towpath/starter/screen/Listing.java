package io.towpath.starter.screen;

import io.towpath.workflows.ledger.ClaimDecision.Difference;
import io.towpath.workflows.model.Problem;
import java.util.ArrayList;
import java.util.List;

/** Lays out what was found, place on the left and words on the right, wrapped. */
public final class Listing {
  private static final int PLACE_WIDTH = 34;
  private static final int TEXT_WIDTH = 84;

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
      lines.add(reason);
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
    lines.add("Give the request a recipe of its own, or ask for the recorded one.");
    return String.join("\n", lines);
  }

  /** One place and its words, wrapped below themselves. */
  public static void row(List<String> lines, String place, String text) {
    String indent = " ".repeat(2 + PLACE_WIDTH);
    String head = "  " + place;
    if (place.length() >= PLACE_WIDTH - 1) {
      lines.add(head);
      head = "";
    }
    for (String part : wrapped(text)) {
      lines.add((head.isEmpty() ? indent : head + indent.substring(head.length())) + part);
      head = "";
    }
  }

  private static List<String> wrapped(String text) {
    List<String> parts = new ArrayList<>();
    for (String given : text.split("\n", -1)) {
      String rest = given;
      while (rest.length() > TEXT_WIDTH) {
        int cut = rest.lastIndexOf(' ', TEXT_WIDTH);
        if (cut <= 0) {
          break;
        }
        parts.add(rest.substring(0, cut));
        rest = rest.substring(cut + 1);
      }
      parts.add(rest);
    }
    return parts;
  }

  private static String orNothing(String json) {
    return json.isEmpty() ? "nothing" : json;
  }
}
