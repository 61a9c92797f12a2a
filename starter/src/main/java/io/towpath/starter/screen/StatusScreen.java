package io.towpath.starter.screen;

import io.towpath.starter.temporal.SeenRun;
import io.towpath.workflows.progress.StageView;
import io.towpath.workflows.progress.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a run stands, for people: "stuck" and "waiting" must look different. */
public final class StatusScreen {
  /** What a poll said of its next attempt; Temporal knows by now better when that is. */
  private static final Pattern ASKS_AGAIN = Pattern.compile("; asks again in .*$");

  /** The ledger has a claim without a result, and the holder was a run of another Temporal. */
  private static final String LEFT = "begun elsewhere and not finished; start its request again";

  private StatusScreen() {}

  /** One line on the run, one per stage, and what it waits for. */
  public static List<String> lines(
      Screen screen,
      String workflowId,
      Optional<SeenRun> seen,
      Optional<StatusView> view,
      Optional<String> outcome) {
    List<String> lines = new ArrayList<>();
    lines.add(workflowId + "  " + state(seen, view, outcome));
    view.map(v -> v.businessKey())
        .filter(key -> !key.isEmpty() && !key.equals(workflowId))
        .ifPresent(key -> lines.add("  the work is done by " + key));
    StageLines stages = new StageLines(screen);
    Optional<SeenRun> running = seen.filter(SeenRun::running);
    if (running.isEmpty()) {
      view.ifPresent(v -> lines.addAll(stages.stages(begun(v.stages()))));
      return lines;
    }
    view.ifPresent(v -> lines.addAll(stages.lines(v)));
    running.get().pending().forEach(p -> addPending(lines, p, screen.now()));
    if (view.isEmpty()) {
      lines.add("  no worker answers; start one with: ./towpath worker");
    } else if (view.get().attention().isEmpty()) {
      lines.add("  attention none");
    }
    return lines;
  }

  /** Once a run has ended, nothing waits any more. */
  private static List<StageView> begun(List<StageView> stages) {
    return stages.stream().filter(stage -> !stage.state().equals("waiting")).toList();
  }

  private static String state(
      Optional<SeenRun> seen, Optional<StatusView> view, Optional<String> outcome) {
    String word =
        outcome.orElseGet(
            () -> seen.map(run -> run.status().toLowerCase(java.util.Locale.ROOT)).orElse(LEFT));
    int generation = view.map(StatusView::generation).orElse(0);
    return word + (generation > 0 ? ", generation " + generation : "");
  }

  private static void addPending(List<String> lines, SeenRun.Pending pending, Instant now) {
    String next =
        pending
            .nextAttempt()
            .filter(at -> at.isAfter(now))
            .map(at -> "; asks again in " + Spans.of(Duration.between(now, at)))
            .orElse(
                pending.attempt() > 1 ? "; attempt " + pending.attempt() + " is under way" : "");
    pending
        .message()
        .map(message -> ASKS_AGAIN.matcher(message).replaceFirst("") + next)
        .ifPresent(text -> addWrapped(lines, "  waits     ", text));
  }

  private static void addWrapped(List<String> lines, String head, String text) {
    String before = head;
    for (String part : Wrapping.lines(text, Wrapping.COLUMNS - head.length())) {
      lines.add(before + part);
      before = " ".repeat(head.length());
    }
  }
}
