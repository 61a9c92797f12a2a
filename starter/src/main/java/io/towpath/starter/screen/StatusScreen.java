package io.towpath.starter.screen;

import io.towpath.starter.temporal.SeenRun;
import io.towpath.workflows.progress.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a run stands, for people: "stuck" and "waiting" must look different. */
public final class StatusScreen {
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
    view.ifPresent(v -> lines.addAll(new StageLines(screen).lines(v)));
    seen.filter(SeenRun::running)
        .ifPresent(run -> run.pending().forEach(p -> addPending(lines, p, screen.now())));
    if (view.isEmpty() && seen.filter(SeenRun::running).isPresent()) {
      lines.add("  no worker answers; start one with: ./towpath worker");
    }
    if (view.isPresent() && seen.filter(SeenRun::running).isPresent()) {
      lines.add("attention       " + view.get().attention().orElse("none"));
    }
    return lines;
  }

  private static String state(
      Optional<SeenRun> seen, Optional<StatusView> view, Optional<String> outcome) {
    String word =
        outcome.orElseGet(
            () -> seen.map(run -> run.status().toLowerCase(java.util.Locale.ROOT)).orElse(""));
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
    pending.message().ifPresent(message -> lines.add("  waits    " + message + next));
  }
}
