package io.towpath.starter.command;

import io.towpath.starter.exit.Stop;
import io.towpath.starter.screen.StageLines;
import io.towpath.starter.temporal.LedgerLook;
import io.towpath.starter.temporal.RunEnd;
import io.towpath.starter.temporal.Runs;
import io.towpath.starter.temporal.TemporalConnection;
import io.towpath.starter.temporal.Watch;
import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.ledger.ClaimDecision;
import io.towpath.workflows.ledger.ClaimDecision.Verdict;
import io.towpath.workflows.ledger.Differences;
import io.towpath.workflows.plan.Plan;
import io.towpath.workflows.progress.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts what a plan found to be startable, attaches to it, or says that it is done. */
final class Launching {
  private static final Duration UNTIL_RESOLVED = Duration.ofSeconds(60);

  private final Surroundings around;
  private final TemporalConnection connection;
  private final Runs runs;
  private final LedgerLook ledger;

  Launching(Surroundings around, TemporalConnection connection) {
    this.around = around;
    this.connection = connection;
    this.runs = new Runs(connection);
    this.ledger = new LedgerLook(new Planning(around).shortWorkflows(connection));
  }

  /** Starts the plan's request; with {@code wait}, waits for its holder, whoever started it. */
  StartAnswer launch(Plan plan, Map<String, Object> request, boolean wait) {
    Planning.refuseConflict(plan);
    String workflowId = plan.workflowId().orElseThrow(() -> unresolved(plan.kind()));
    if (plan.decision().filter(d -> d.verdict() == Verdict.DONE).isPresent()) {
      return done(plan, workflowId);
    }
    around.interruption().says(reattach(workflowId));
    Runs.Started started = runs.start(plan.kind(), workflowId, request);
    if (!started.fresh()) {
      refuseOther(plan, workflowId, started.runId());
    }
    StageLines lines = new StageLines(around.progress());
    Watch watch = new Watch(runs, workflowId, started.runId(), lines::show);
    Optional<RunEnd> end = wait ? Optional.of(watch.untilEnded()) : watch.untilDecided();
    around.interruption().says("");
    return answer(plan, workflowId, started, watch.last(), end);
  }

  private StartAnswer answer(
      Plan plan,
      String workflowId,
      Runs.Started started,
      Optional<StatusView> last,
      Optional<RunEnd> end) {
    int generation = last.map(StatusView::generation).orElse(0);
    Optional<RunEnd> complete = end.map(e -> ledger.completed(workflowId, e, generation));
    boolean noop = complete.flatMap(RunEnd::outcome).filter("NOOP"::equals).isPresent();
    boolean claims = plan.decision().isPresent();
    return new StartAnswer(
        plan.kind(),
        workflowId,
        Optional.of(started.runId()),
        plan.specDigest().orElse(""),
        generation > 0 || !noop ? generation : ledger.generation(workflowId),
        started.fresh() && !noop && (generation > 0 || !claims),
        complete);
  }

  private StartAnswer done(Plan plan, String workflowId) {
    Optional<Map<String, Object>> report = plan.decision().flatMap(ClaimDecision::firstReport);
    return new StartAnswer(
        plan.kind(),
        workflowId,
        ledger.runId(workflowId),
        plan.specDigest().orElse(""),
        ledger.generation(workflowId),
        false,
        Optional.of(
            new RunEnd(
                Optional.of("NOOP"),
                ledger.report(workflowId).or(() -> report),
                Optional.empty())));
  }

  /** A run is under way under this key: it must be the same work, else the caller is told so. */
  private void refuseOther(Plan plan, String workflowId, String runId) {
    Instant begun = Instant.now();
    Watch watch = new Watch(runs, workflowId, runId, view -> {});
    Optional<String> digest = Optional.empty();
    while (digest.isEmpty() && watch.stepped().isEmpty()) {
      digest = watch.last().flatMap(StatusView::specDigest);
      if (digest.isEmpty()
          && Duration.between(begun, Instant.now()).compareTo(UNTIL_RESOLVED) > 0) {
        throw Stop.unreachable(
            workflowId + " is running, but no worker at " + connection.address() + " tells what");
      }
    }
    if (digest.isPresent() && !digest.equals(plan.specDigest())) {
      List<ClaimDecision.Difference> differences =
          runs.spec(workflowId, runId)
              .map(running -> Differences.between(running, plan.resolved()))
              .orElse(List.of());
      throw Planning.conflict(
          workflowId, "A run with another request is under way: run " + runId + ".", differences);
    }
    around.progress().line(workflowId + " is running already; attached to run " + runId);
  }

  private static Stop unresolved(String kind) {
    return Stop.unreachable("the worker could not resolve this " + kind + "; nothing was started.");
  }

  static String reattach(String workflowId) {
    return "interrupted; the run goes on. Watch it with:\n  towpath status "
        + workflowId
        + " --follow";
  }
}
