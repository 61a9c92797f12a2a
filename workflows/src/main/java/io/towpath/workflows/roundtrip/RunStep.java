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
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.model.CanonicalJson;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.progress.Operator;
import io.towpath.workflows.progress.Operator.Decision;
import io.towpath.workflows.samplesheet.ChainRules;
import io.towpath.workflows.samplesheet.SampleSheetActivities;
import io.towpath.workflows.samplesheet.SampleSheetActivities.ChainSheet;
import io.towpath.workflows.samplesheet.SampleSheetActivities.PreparedSheet;
import io.towpath.workflows.tower.AwaitRun;
import io.towpath.workflows.tower.LaunchRequest;
import io.towpath.workflows.tower.ResolvedRun;
import io.towpath.workflows.tower.RunEvidence;
import io.towpath.workflows.tower.RunObservation;
import io.towpath.workflows.tower.RunRef;
import io.towpath.workflows.tower.RunStatus;
import io.towpath.workflows.tower.TowerActivities;
import io.towpath.workflows.transfer.ListOutputs.FirstLaunch;
import io.towpath.workflows.transfer.TransferActivities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One pipeline run: launched once, waited for, relaunched where the request says so. */
final class RunStep {
  private static final Duration UNKNOWN_GRACE = Duration.ofHours(2);

  /** The report's field with the operation key of the first launch. */
  private static final String KEY = "operationKey";

  private final ClaimedRun<RoundTripSpec> round;
  private final int index;
  private final String stage;
  private final RoundTripRequest.Run request;
  private final ResolvedRun target;
  private final List<RunKey> keys = new ArrayList<>();
  private final List<RunRef> doubles = new ArrayList<>();
  private boolean unclear;
  private boolean foreign;
  private boolean woken;
  private int fresh;
  private int relaunches;
  private Optional<RunRef> last = Optional.empty();
  private Optional<RunEvidence> evidence = Optional.empty();
  private Optional<Map<String, Object>> adopted = Optional.empty();
  private Optional<IndexStep.Indexed> indexed = Optional.empty();
  private final List<String> warnings = new ArrayList<>();
  private long samples;
  private boolean leftOut;
  private boolean broken;
  private FailureKind kind = FailureKind.RUN_FAILED;
  private String why = "";

  RunStep(ClaimedRun<RoundTripSpec> round, int index, String stage) {
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

  String name() {
    return request.name();
  }

  List<String> waitsFor() {
    return request.waitsFor();
  }

  Optional<IndexRequest> ownIndex() {
    return request.index();
  }

  Optional<IndexStep.Indexed> indexed() {
    return indexed;
  }

  void indexedAs(IndexStep.Indexed filed) {
    indexed = Optional.of(filed);
    warnings.addAll(filed.warnings());
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Rows of the sheet that the run got. */
  long samples() {
    return samples;
  }

  String outdir() {
    return adopted
        .map(report -> String.valueOf(report.get("outdir")))
        .or(this::askedOutdir)
        .orElseGet(() -> round.spec().outdir(key()).value());
  }

  /** Where the request itself says that the outputs go. */
  private Optional<String> askedOutdir() {
    return request.params().get("outdir") instanceof String text
            && text.startsWith("s3://")
            && !text.contains("${")
        ? Optional.of(new S3Uri(text).asFolder().value())
        : Optional.empty();
  }

  /**
   * The first launch into a directory that the request names itself: what was there before is not
   * this run's. Of a run that an operator adopted nobody knows when it began.
   */
  Optional<FirstLaunch> firstLaunch() {
    Map<String, Object> told = adopted.orElseGet(this::report);
    return askedOutdir().isPresent()
            && told.get(KEY) instanceof String key
            && told.get("generation") instanceof Number generation
        ? Optional.of(
            new FirstLaunch(
                new S3Uri(outdir()),
                new Claim(
                    round.claim().businessKey(), generation.intValue(), round.claim().holder()),
                name(),
                new RunKey(key)))
        : Optional.empty();
  }

  boolean succeeded() {
    return !broken
        && (adopted.isPresent()
            || (evidence.isPresent() && evidence.get().status() == RunStatus.SUCCEEDED));
  }

  /** Whether nothing is to be launched, because it was adopted or left out. */
  boolean decidedBefore() {
    return adopted.isPresent() || leftOut;
  }

  /** Whether the run ended badly, or what it needs did; not whether the request left it out. */
  boolean failed() {
    return !succeeded() && !leftOut;
  }

  /** Whether it was launched and left something that may be looked at. */
  boolean leftSomething() {
    return failed() && last.isPresent();
  }

  String why() {
    return why;
  }

  FailureKind kind() {
    return kind;
  }

  /** Takes what an earlier generation's run left for this one's. */
  void adopt(Map<String, Object> report) {
    adopted = Optional.of(new TreeMap<>(report));
    if (report.get("samples") instanceof Number rows) {
      samples = rows.longValue();
    }
    round
        .stages()
        .skipped(stage, report.get("runName") + " of generation " + report.get("generation"));
  }

  /** The request leaves it out, and nothing needs it. */
  void leaveOut() {
    leftOut = true;
    round.stages().skipped(stage, "left out by startFrom or only");
  }

  /** It cannot be launched, or waited for, and others may go on. */
  void broke(FailureKind how, String reason) {
    broken = true;
    kind = how;
    why = reason;
    round.stages().failed(stage, reason);
  }

  /** Runs the pipeline to its end; {@link #succeeded} tells how that was. */
  void execute(Map<String, String> placeholders, PreparedSheet staged) {
    samples = staged.rows();
    Map<String, Object> params = new TreeMap<>(request.params());
    RunSheets sheets = new RunSheets(round, stage);
    if (CanonicalJson.write(params).contains(Placeholders.SAMPLE_SHEET)) {
      sheets.add(staged);
    }
    params.putAll(sheets(placeholders, sheets));
    Optional<RunRef> resume = Optional.empty();
    while (true) {
      round.operator().awaitNotPaused();
      round.stages().begin(stage, "submitting " + runName());
      if (relaunches > 0 || !waitsFor().isEmpty()) {
        sheets.compare();
      }
      Optional<RunRef> launched = launch(params, placeholders, resume);
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
      resume = !again && mayResume(run) ? Optional.of(run) : Optional.empty();
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

  /** A run is resumed only while its work directory still holds what succeeded. */
  private boolean mayResume(RunRef run) {
    boolean began =
        request.onFailure().resume()
            && evidence.isPresent()
            && evidence.get().sessionId().isPresent()
            && evidence.get().commitId().isPresent();
    if (!began) {
      return false;
    }
    String workDir = evidence.flatMap(RunEvidence::workDir).orElse("");
    if (!workDir.startsWith("s3://")) {
      return true;
    }
    boolean there =
        stub(
                TransferActivities.class,
                ActivityPolicy.quick(TaskQueues.S3, "look for " + run.runName() + "'s work"))
            .holdsObjects(new S3Uri(workDir));
    if (!there) {
      warnings.add(
          "the work directory of "
              + run.runName()
              + ", "
              + workDir
              + ", is empty, so it was run again in full instead of resumed");
    }
    return there;
  }

  /** Makes the sheets that this run reads from what earlier runs left; before it is launched. */
  private Map<String, Object> sheets(Map<String, String> placeholders, RunSheets sheets) {
    Map<String, Object> made = new TreeMap<>();
    request
        .inputs()
        .forEach(
            (param, rules) -> {
              round.stages().begin(stage, "making the sheet for " + param);
              PreparedSheet sheet =
                  round.operator().repairable(stage, () -> chain(param, rules, placeholders));
              made.put(param, sheet.uri().value());
              sheets.add(sheet);
              samples = sheet.rows();
            });
    return made;
  }

  private PreparedSheet chain(String param, ChainRules rules, Map<String, String> placeholders) {
    String from = rules.from();
    int cut = from.indexOf("outdir}") + "outdir}".length();
    S3Uri base = new S3Uri(Placeholders.fill(from.substring(0, cut), placeholders)).asFolder();
    String rows = Placeholders.fill(rules.rows(), placeholders);
    return stub(
            SampleSheetActivities.class,
            ActivityPolicy.quick(TaskQueues.S3, "sheet of " + request.name() + " for " + param))
        .chain(
            new ChainSheet(
                round.claim(),
                rules.at(from, rows),
                base,
                from.substring(cut + 1),
                round
                    .work()
                    .resolve(
                        "chain/" + request.name() + "/" + param + "." + rules.shape().write())));
  }

  private RunKey key() {
    String scope = round.settings().scoped(round.spec().businessKey());
    return round.spec().runKey(scope, index, round.claim().generation(), fresh);
  }

  String runName() {
    return RoundTripSpec.runName(request.name(), key(), relaunches - fresh);
  }

  /** Submits, or adopts what is there; empty when an operator decided against it. */
  private Optional<RunRef> launch(
      Map<String, Object> params, Map<String, String> placeholders, Optional<RunRef> resume) {
    while (true) {
      if (!keys.contains(key())) {
        keys.add(key());
      }
      Map<String, String> values = new TreeMap<>(placeholders);
      values.put(Placeholders.OWN_OUTDIR, outdir());
      LaunchRequest launch = launchRequest(params, values, resume);
      try {
        unclear = true;
        RunRef run =
            round
                .operator()
                .repairable(
                    stage,
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
        round.operator().await(stage, reason + "; adopt its run, retry (a new run), or skip");
    switch (decision.word()) {
      case ADOPT -> {
        foreign = true;
        return find(decision.text());
      }
      case RETRY -> fresh++;
      case SKIP, FAIL -> why = decision.text();
    }
    return Optional.empty();
  }

  private LaunchRequest launchRequest(
      Map<String, Object> params, Map<String, String> values, Optional<RunRef> resume) {
    Optional<ResolvedRun> other =
        relaunches == 0
            ? Optional.empty()
            : Optional.ofNullable(round.spec().fallbacks().get(request.name()));
    return new LaunchRequest(
        round.spec().request().control().connection(),
        round.claim(),
        request.name(),
        key(),
        runName(),
        other.orElse(target),
        new LaunchRequest.Options(
            Placeholders.fill(params, values),
            request.profiles(),
            request.scripts().configText(),
            request.scripts().preRunScript(),
            request.scripts().entryName(),
            request.workspaceSecrets()),
        resume,
        other.isPresent());
  }

  /** Waits until the run ends or an operator ends it; RETRY with an empty text is the plain end. */
  private Decision awaitEnd(RunRef first) {
    RunRef run = first;
    RunObservation known = RunObservation.submitted();
    while (true) {
      RunObservation seen = news(run, known);
      round.stages().attention(stage, seen.attention());
      round.stages().say(stage, run.runName() + " " + seen.status(), seen.url());
      if (seen.status().ended()) {
        round.stages().attention(stage, Optional.empty());
        return new Decision(Operator.Word.RETRY, "");
      }
      known = seen;
      Optional<Decision> decision = round.operator().take(stage);
      if (decision.isPresent()) {
        Decision decided = decision.get();
        round.stages().attention(stage, Optional.empty());
        if (decided.word() != Operator.Word.ADOPT) {
          cancelOwn();
          return decided;
        }
        run = find(decided.text()).orElse(run);
        foreign = true;
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
    Workflow.await(() -> news.isCompleted() || woken || round.operator().decided(stage));
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
    if (adopted.isPresent()) {
      Map<String, Object> report = new TreeMap<>(adopted.get());
      report.put("adopted", true);
      indexed.ifPresent(filed -> report.put("index", filed.report()));
      return report;
    }
    Map<String, Object> report = new TreeMap<>();
    report.put("name", request.name());
    report.put("pipeline", target.pipeline());
    report.put("revision", target.revision());
    report.put("generation", round.claim().generation());
    report.put("relaunches", relaunches);
    report.put("outdir", outdir());
    report.put("samples", samples);
    if (!foreign && !keys.isEmpty()) {
      report.put(KEY, keys.get(0).value());
    }
    if (last.isEmpty()) {
      report.put("status", leftOut ? "LEFT_OUT" : "NOT_LAUNCHED");
      if (!why.isEmpty()) {
        report.put("errorMessage", why);
      }
    }
    indexed.ifPresent(filed -> report.put("index", filed.report()));
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
