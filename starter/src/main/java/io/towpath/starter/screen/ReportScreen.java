package io.towpath.starter.screen;

import io.towpath.starter.temporal.RunEnd;
import io.towpath.starter.temporal.RunFailure;
import io.towpath.workflows.progress.StageView;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run's end for people: outcome first, then what was made, then what to do. */
public final class ReportScreen {
  /** What is read first; whatever else a report has follows by name. */
  private static final List<String> FIRST = List.of("manifest", "staged", "runs", "index");

  /** What the headline, the stages or the failure's row say already. */
  private static final Set<String> SAID =
      Set.of("kind", "workflowId", "generation", "outcome", "specDigest", "timeline", "failure");

  private ReportScreen() {}

  /** How the run ended; its stages were shown while it went on. */
  public static String ended(String workflowId, int generation, RunEnd end) {
    List<String> lines = new ArrayList<>();
    String outcome = end.outcome().orElseGet(() -> end.failure().map(RunFailure::kind).orElse(""));
    lines.add(workflowId + "  " + outcome + (generation > 0 ? ", generation " + generation : ""));
    if (outcome.equals("NOOP")) {
      end.report().ifPresent(report -> addDone(lines, workflowId, report));
      return String.join("\n", lines);
    }
    end.failure()
        .filter(failure -> !failure.kind().equals(outcome) || !failure.message().isBlank())
        .ifPresent(failure -> Listing.row(lines, failure.kind(), failure.message()));
    end.report().ifPresent(report -> addFacts(lines, report));
    if (outcome.equals("FAILED") || outcome.equals("PARTIAL") || outcome.equals("CANCELLED")) {
      lines.add("do it again with: towpath retry " + workflowId);
    }
    return String.join("\n", lines);
  }

  /** A recorded report. */
  public static String report(Screen screen, String workflowId, Map<String, Object> report) {
    List<String> lines = new ArrayList<>();
    lines.add(workflowId + "  " + report.getOrDefault("outcome", ""));
    List<StageView> stages = stages(report);
    lines.addAll(new StageLines(screen).stages(stages));
    addFacts(lines, report);
    if (report.get("failure") instanceof Map<?, ?> failure
        && stages.stream().noneMatch(stage -> stage.state().equals("failed"))) {
      Listing.row(lines, "failure", words(failure));
    }
    return String.join("\n", lines);
  }

  private static void addDone(List<String> lines, String workflowId, Map<String, Object> report) {
    String when =
        stages(report).stream()
            .flatMap(stage -> stage.until().stream())
            .max(Instant::compareTo)
            .map(at -> " at " + at.truncatedTo(ChronoUnit.SECONDS))
            .orElse("");
    Listing.row(lines, "done already", "ended " + report.getOrDefault("outcome", "") + when);
    lines.add("nothing was changed; look at it with: towpath report " + workflowId + " -o text");
  }

  private static void addFacts(List<String> lines, Map<String, Object> report) {
    Set<String> names = new LinkedHashSet<>(FIRST);
    names.addAll(report.keySet());
    names.removeAll(SAID);
    for (String name : names) {
      if (report.get(name) instanceof List<?> list) {
        list.forEach(item -> Listing.row(lines, name, words(item)));
      } else if (isWorthALine(report.get(name)) && !words(report.get(name)).isEmpty()) {
        Listing.row(lines, name, words(report.get(name)));
      }
    }
  }

  private static List<StageView> stages(Map<String, Object> report) {
    List<StageView> stages = new ArrayList<>();
    if (report.get("timeline") instanceof List<?> timeline) {
      for (Object item : timeline) {
        if (item instanceof Map<?, ?> stage) {
          stages.add(stage(stage));
        }
      }
    }
    return stages;
  }

  private static StageView stage(Map<?, ?> stage) {
    Optional<Instant> since = instant(stage.get("since"));
    long millis =
        stage.get("seconds") instanceof Number seconds
            ? Math.round(seconds.doubleValue() * 1000)
            : 0;
    return new StageView(
        word(stage.get("stage")),
        word(stage.get("state")),
        word(stage.get("text")),
        Optional.empty(),
        since,
        since.map(at -> at.plus(Duration.ofMillis(millis))));
  }

  private static Optional<Instant> instant(@Nullable Object text) {
    try {
      return Optional.of(Instant.parse(word(text)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String words(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .filter(entry -> isWorthALine(entry.getValue()))
          .map(entry -> entry.getKey() + " " + scalar(entry.getKey(), entry.getValue()))
          .collect(Collectors.joining(", "));
    }
    return String.valueOf(value);
  }

  private static boolean isWorthALine(@Nullable Object value) {
    return value != null
        && !(value instanceof String text && text.isEmpty())
        && !(value instanceof Number number && number.doubleValue() == 0)
        && !(value instanceof List<?> list && list.isEmpty())
        && !(value instanceof Map<?, ?> map && map.isEmpty());
  }

  private static String scalar(@Nullable Object name, @Nullable Object value) {
    if ("bytes".equals(name) && value instanceof Number bytes) {
      return Spans.bytes(bytes.longValue());
    }
    if (value instanceof List<?> list) {
      return "(" + list.stream().map(ReportScreen::words).collect(Collectors.joining("; ")) + ")";
    }
    return value instanceof Map<?, ?> ? "(" + words(value) + ")" : String.valueOf(value);
  }

  private static String word(@Nullable Object value) {
    return value == null ? "" : String.valueOf(value);
  }
}
