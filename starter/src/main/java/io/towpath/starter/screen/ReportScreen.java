package io.towpath.starter.screen;

import io.towpath.starter.temporal.RunEnd;
import io.towpath.starter.temporal.RunFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A run's end for people: outcome first, then what was made, then what to do. */
public final class ReportScreen {
  private ReportScreen() {}

  /** How the run ended. */
  public static String ended(String workflowId, int generation, RunEnd end) {
    List<String> lines = new ArrayList<>();
    String outcome = end.outcome().orElseGet(() -> end.failure().map(RunFailure::kind).orElse(""));
    lines.add(workflowId + "  " + outcome + (generation > 0 ? ", generation " + generation : ""));
    end.failure()
        .filter(failure -> !failure.kind().equals(outcome) || !failure.message().isBlank())
        .ifPresent(failure -> Listing.row(lines, failure.kind(), failure.message()));
    end.report().ifPresent(report -> addReport(lines, report));
    if (outcome.equals("FAILED") || outcome.equals("PARTIAL") || outcome.equals("CANCELLED")) {
      lines.add("do it again with: towpath retry " + workflowId);
    }
    return String.join("\n", lines);
  }

  /** A recorded report. */
  public static String report(String workflowId, Map<String, Object> report) {
    List<String> lines = new ArrayList<>();
    lines.add(workflowId + "  " + report.getOrDefault("outcome", ""));
    addReport(lines, report);
    return String.join("\n", lines);
  }

  private static void addReport(List<String> lines, Map<String, Object> report) {
    report.forEach(
        (name, value) -> {
          if (value instanceof List<?> list) {
            list.forEach(item -> Listing.row(lines, name, words(item)));
          } else if (value != null && !name.equals("outcome")) {
            Listing.row(lines, name, words(value));
          }
        });
  }

  private static String words(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .filter(entry -> isWorthALine(entry.getValue()))
          .map(entry -> entry.getKey() + " " + scalar(entry.getKey(), entry.getValue()))
          .collect(Collectors.joining(", "));
    }
    return String.valueOf(value);
  }

  private static boolean isWorthALine(Object value) {
    return value != null
        && !(value instanceof List<?> list && list.isEmpty())
        && !(value instanceof Map<?, ?> map && map.isEmpty());
  }

  private static String scalar(Object name, Object value) {
    if (name.equals("bytes") && value instanceof Number bytes) {
      return Spans.bytes(bytes.longValue());
    }
    return value instanceof Map<?, ?> || value instanceof List<?>
        ? "(" + value + ")"
        : String.valueOf(value);
  }
}
