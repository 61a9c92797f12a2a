package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.kindOf;
import static io.towpath.workflows.progress.Operator.reason;
import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.progress.Operator;
import io.towpath.workflows.progress.Operator.Decision;
import io.towpath.workflows.tower.AwaitRun;
import io.towpath.workflows.tower.LaunchRequest;
import io.towpath.workflows.tower.ResolvedRun;
import io.towpath.workflows.tower.RunEvidence;
import io.towpath.workflows.tower.RunObservation;
import io.towpath.workflows.tower.RunRef;
import io.towpath.workflows.tower.RunStatus;
import io.towpath.workflows.tower.TowerActivities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One pipeline run: launched once, waited for, relaunched where the request says so. */
final class RunStep {
  private static final Duration UNKNOWN_GRACE = Duration.ofHours(2);

  private final RoundTripRun round;
  private final int index;
  private final String stage;
  private final RoundTripRequest.Run request;
  private final ResolvedRun target;
  private final List<RunKey> keys = new ArrayList<>();
  private final List<RunRef> doubles = new ArrayList<>();
  private boolean unclear;
  private boolean woken;
  private int fresh;
  private int relaunches;
  private Optional<RunRef> last = Optional.empty();
  private Optional<RunEvidence> evidence = Optional.empty();
  private String why = "";

  RunStep(RoundTripRun round, int index, String stage) {
    this.round = round;
    this.index = index;
    this.stage = stage;
    this.request = round.spec().request().runs().get(index);
    this.target = round.spec().targets().get(index);
  }

  /** Asks the platform now; several calls while one look is under way count once. */
  void wake() {
    woken = true;
  }

  List<String> externalIds() {
    return last.stream().map(RunRef::workflowId).toList();
  }

  String outdir() {
    return round.spec().outdir(key()).value();
  }

  boolean succeeded() {
    return evidence.isPresent() && evidence.get().status() == RunStatus.SUCCEEDED;
  }

  String why() {
    return why;
  }

  /** Runs the pipeline to its end; {@link #succeeded} tells how that was. */
  void execute(Map<String, String> placeholders) {
    Optional<RunRef> resume = Optional.empty();
    while (true) {
      round.operator().awaitNotPaused();
      round.stages().begin(stage, "submitting " + runName());
      Optional<RunRef> launched = launch(placeholders, resume);
      if (launched.isEmpty()) {
        return;
      }
      RunRef run = launched.get();
      last = launched;
      round.stages().say(stage, run.runName() + " submitted", Optional.empty());
      Decision end = awaitEnd(run);
      run = last.orElse(run);
      CancellationScope.throwCanceled();
      collect(run);
      if (end.word() == Operator.Word.FAIL || end.word() == Operator.Word.SKIP) {
        why = end.text();
        return;
      }
      boolean again = end.word() == Operator.Word.RETRY && !end.text().isEmpty();
      if (succeeded() || (!again && !mayRelaunch())) {
        return;
      }
      record(run);
      relaunches++;
      resume = mayResume() && !again ? Optional.of(run) : Optional.empty();
      if (resume.isEmpty()) {
        fresh++;
      }
    }
  }

  private boolean mayRelaunch() {
    return relaunches < request.onFailure().maxRelaunch()
        && evidence.isPresent()
        && evidence.get().status() == RunStatus.FAILED;
  }

  private boolean mayResume() {
    return request.onFailure().resume()
        && evidence.isPresent()
        && evidence.get().sessionId().isPresent()
        && evidence.get().commitId().isPresent();
  }

  private RunKey key() {
    return round.spec().runKey(round.scope(), index, round.claim().generation(), fresh);
  }

  String runName() {
    return RoundTripSpec.runName(request.name(), key(), relaunches - fresh);
  }

  /** Submits, or adopts what is there; empty when an operator decided against it. */
  private Optional<RunRef> launch(Map<String, String> placeholders, Optional<RunRef> resume) {
    while (true) {
      if (!keys.contains(key())) {
        keys.add(key());
      }
      Map<String, String> values = new TreeMap<>(placeholders);
      values.put(Placeholders.OWN_OUTDIR, outdir());
      LaunchRequest launch = launchRequest(values, resume);
      try {
        unclear = true;
        RunRef run =
            round
                .operator()
                .repairable(
                    () ->
                        stub(
                                TowerActivities.class,
                                ActivityPolicy.submit(
                                    TaskQueues.SEQERA, "launch " + launch.runName()))
                            .ensureRun(launch));
        unclear = false;
        last = Optional.of(run);
        CancellationScope.throwCanceled();
        return last;
      } catch (ActivityFailure failure) {
        if (CancellationScope.current().isCancelRequested()
            || kindOf(failure) != FailureKind.RUN_STUCK) {
          throw failure;
        }
        Optional<RunRef> decided = afterStuck(reason(failure));
        if (decided.isPresent() || !why.isEmpty()) {
          return decided;
        }
      }
    }
  }

  private Optional<RunRef> afterStuck(String reason) {
    Decision decision =
        round.operator().await(reason + "; adopt its run, retry (a new run), or skip");
    switch (decision.word()) {
      case ADOPT -> {
        return find(decision.text());
      }
      case RETRY -> fresh++;
      case SKIP, FAIL -> why = decision.text();
    }
    return Optional.empty();
  }

  private LaunchRequest launchRequest(Map<String, String> values, Optional<RunRef> resume) {
    return new LaunchRequest(
        round.spec().request().control().connection(),
        round.claim(),
        request.name(),
        key(),
        runName(),
        target,
        new LaunchRequest.Options(
            Placeholders.fill(request.params(), values),
            request.profiles(),
            request.scripts().configText(),
            request.scripts().preRunScript(),
            request.scripts().entryName(),
            request.workspaceSecrets()),
        resume);
  }

  /** Waits until the run ends or an operator ends it; RETRY with an empty text is the plain end. */
  private Decision awaitEnd(RunRef first) {
    RunRef run = first;
    RunObservation known = RunObservation.submitted();
    while (true) {
      RunObservation seen = news(run, known);
      round.stages().attention(seen.attention());
      round.stages().say(stage, run.runName() + " " + seen.status(), seen.url());
      if (seen.status().ended()) {
        round.stages().attention(Optional.empty());
        return new Decision(Operator.Word.RETRY, "");
      }
      known = seen;
      Optional<Decision> decision = round.operator().take();
      if (decision.isPresent()) {
        Decision decided = decision.get();
        round.stages().attention(Optional.empty());
        if (decided.word() != Operator.Word.ADOPT) {
          cancelOwn();
          return decided;
        }
        run = find(decided.text()).orElse(run);
        last = Optional.of(run);
      }
    }
  }

  /** Waits for news, for a wake-up or for a decision, whichever is first. */
  private RunObservation news(RunRef run, RunObservation known) {
    AwaitRun ask =
        new AwaitRun(
            run,
            known,
            request.stuckAfter().submitted(),
            request.stuckAfter().running(),
            UNKNOWN_GRACE);
    List<Promise<RunObservation>> waiting = new ArrayList<>();
    CancellationScope scope =
        Workflow.newCancellationScope(
            () ->
                waiting.add(
                    Async.function(
                        stub(
                                TowerActivities.class,
                                ActivityPolicy.await(
                                    TaskQueues.SEQERA, "wait for " + run.runName()))
                            ::awaitRun,
                        ask)));
    scope.run();
    Promise<RunObservation> news = waiting.get(0);
    Workflow.await(() -> news.isCompleted() || woken || round.operator().decided());
    if (news.isCompleted()) {
      return news.get();
    }
    scope.cancel("asked again sooner");
    try {
      return news.get();
    } catch (ActivityFailure | CanceledFailure cut) {
      woken = false;
      return stub(
              TowerActivities.class,
              ActivityPolicy.quick(TaskQueues.SEQERA, "ask for " + run.runName() + " now"))
          .checkRun(ask);
    }
  }

  private Optional<RunRef> find(String externalId) {
    return stub(
            TowerActivities.class, ActivityPolicy.quick(TaskQueues.SEQERA, "find " + externalId))
        .findById(round.spec().request().control().connection(), target.workspaceId(), externalId);
  }

  private void collect(RunRef run) {
    TowerActivities.EndedRun ended =
        stub(
                TowerActivities.class,
                ActivityPolicy.submit(
                    TaskQueues.SEQERA, "evidence and doubles of " + run.runName()))
            .endRun(run, round.claim());
    RunEvidence found = ended.evidence();
    doubles.addAll(ended.doubles());
    CancellationScope.throwCanceled();
    evidence = Optional.of(found);
    String text = run.runName() + " " + found.status() + ", " + tasks(found.tasks());
    if (succeeded()) {
      round.stages().done(stage, text);
    } else {
      why =
          "run "
              + run.runName()
              + " ended "
              + found.status()
              + found.errorMessage().map(message -> ": " + message).orElse("")
              + "; see "
              + found.url();
      round.stages().say(stage, text, Optional.of(found.url()));
    }
  }

  /** Keeps for good why the run ended, before the next one begins. */
  private void record(RunRef run) {
    stub(
            LedgerActivities.class,
            ActivityPolicy.quick(TaskQueues.S3, "record how " + run.runName() + " ended"))
        .recordOutcome(round.claim(), request.name() + "." + key() + ".r" + relaunches, report());
  }

  private static String tasks(RunEvidence.TaskStats tasks) {
    return (tasks.succeeded() + tasks.cached())
        + " of "
        + tasks.total()
        + " tasks, "
        + tasks.cached()
        + " cached";
  }

  /** Stops everything that this step may have started, also what never gave its id back. */
  List<RunRef> cancelOwn() {
    List<RunRef> cancelled = new ArrayList<>();
    for (RunKey key : keys) {
      cancelled.addAll(
          stub(
                  TowerActivities.class,
                  ActivityPolicy.submit(TaskQueues.SEQERA, "cancel runs of " + key))
              .cancelByKey(
                  round.spec().request().control().connection(),
                  target.workspaceId(),
                  key,
                  unclear));
    }
    return cancelled;
  }

  Map<String, Object> report() {
    Map<String, Object> report = new TreeMap<>();
    report.put("name", request.name());
    report.put("pipeline", target.pipeline());
    report.put("revision", target.revision());
    report.put("generation", round.claim().generation());
    report.put("relaunches", relaunches);
    report.put("outdir", outdir());
    last.ifPresent(
        run -> {
          report.put("workflowId", run.workflowId());
          report.put("runName", run.runName());
        });
    evidence.ifPresent(seen -> describe(seen, report));
    if (!doubles.isEmpty()) {
      report.put("doublesCancelled", doubles.stream().map(RunRef::workflowId).toList());
    }
    return report;
  }

  private static void describe(RunEvidence seen, Map<String, Object> report) {
    report.put("status", seen.status().name());
    report.put("url", seen.url());
    seen.sessionId().ifPresent(id -> report.put("sessionId", id));
    seen.commitId().ifPresent(id -> report.put("commitId", id));
    seen.errorMessage().ifPresent(message -> report.put("errorMessage", message));
    seen.exitStatus().ifPresent(exit -> report.put("exitStatus", exit));
    seen.cost().ifPresent(cost -> report.put("cost", cost));
    Map<String, Object> stats = new TreeMap<>();
    stats.put("succeeded", seen.tasks().succeeded());
    stats.put("cached", seen.tasks().cached());
    stats.put("failed", seen.tasks().failed());
    stats.put("ignored", seen.tasks().ignored());
    report.put("taskStats", stats);
    List<Object> failed = new ArrayList<>();
    for (RunEvidence.FailedTask task : seen.failedTasks()) {
      Map<String, Object> line = new TreeMap<>();
      line.put("process", task.process());
      line.put("tag", task.tag());
      line.put("exit", task.exit());
      line.put("logTail", task.logTail());
      failed.add(line);
    }
    report.put("failedTasks", failed);
  }

  List<RunRef> doubles() {
    return List.copyOf(doubles);
  }
}
