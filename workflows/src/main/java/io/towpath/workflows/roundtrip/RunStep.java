package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.workflow.CancellationScope;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.CanonicalJson;
import io.towpath.workflows.progress.Operator;
import io.towpath.workflows.progress.Operator.Decision;
import io.towpath.workflows.samplesheet.SampleSheetActivities.PreparedSheet;
import io.towpath.workflows.tower.ResolvedRun;
import io.towpath.workflows.tower.RunRef;
import io.towpath.workflows.tower.TowerActivities;
import io.towpath.workflows.transfer.ListOutputs.FirstLaunch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One pipeline run: launched once, waited for, relaunched where the request says so. */
final class RunStep {
  private final ClaimedRun<RoundTripSpec> round;
  private final String stage;
  private final RoundTripRequest.Run request;
  private final ResolvedRun target;
  private final RunLaunches launches;
  private final RunWait wait;
  private final List<RunRef> doubles = new ArrayList<>();
  private boolean foreign;
  private Optional<RunRef> last = Optional.empty();
  private Optional<RunEnd> end = Optional.empty();
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
    this.stage = stage;
    this.request = round.spec().request().runs().get(index);
    this.target = round.spec().targets().get(index);
    this.launches = new RunLaunches(round, index, stage);
    this.wait = new RunWait(round, stage, request, launches);
  }

  /** Asks the platform now; several calls while one look is under way count once. */
  void wake() {
    wait.wake();
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
    return adopted.map(report -> String.valueOf(report.get("outdir"))).orElseGet(launches::outdir);
  }

  /**
   * See {@link RunLaunches#first}; of a run that an operator adopted nobody knows when it began.
   */
  Optional<FirstLaunch> firstLaunch() {
    return launches.first(adopted.orElseGet(this::report), outdir());
  }

  boolean succeeded() {
    return !broken && (adopted.isPresent() || end.filter(RunEnd::succeeded).isPresent());
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
    sheets
        .chained(request, placeholders)
        .forEach(
            (param, sheet) -> {
              params.put(param, sheet.uri().value());
              samples = sheet.rows();
            });
    Optional<RunRef> resume = Optional.empty();
    while (true) {
      round.operator().awaitNotPaused();
      round.stages().begin(stage, "submitting " + launches.runName());
      if (launches.relaunches() > 0 || !waitsFor().isEmpty()) {
        sheets.compare();
      }
      if (!launch(params, placeholders, resume)) {
        return;
      }
      Decision decision = wait.awaitEnd(last.orElseThrow(), this::take);
      RunRef run = last.orElseThrow();
      CancellationScope.throwCanceled();
      collect(run);
      if (decision.word() == Operator.Word.FAIL || decision.word() == Operator.Word.SKIP) {
        why = decision.text();
        return;
      }
      boolean again = decision.word() == Operator.Word.RETRY && !decision.text().isEmpty();
      if (succeeded() || (!again && !launches.mayRelaunch(end))) {
        return;
      }
      launches.record(run, report());
      resume = launches.next(run, again ? Optional.empty() : end, warnings::add);
    }
  }

  private boolean launch(
      Map<String, Object> params, Map<String, String> placeholders, Optional<RunRef> resume) {
    RunLaunches.Launched launched = launches.launch(params, placeholders, resume);
    launched.run().ifPresent(run -> last = Optional.of(run));
    foreign |= launched.foreign();
    if (launched.run().isEmpty()) {
      why = launched.why();
      return false;
    }
    if (!launched.foreign()) {
      CancellationScope.throwCanceled();
    }
    round.stages().say(stage, last.orElseThrow().runName() + " submitted", Optional.empty());
    return true;
  }

  /** An operator names another run. */
  private void take(RunRef run) {
    foreign = !launches.owns(run);
    last = Optional.of(run);
  }

  private void collect(RunRef run) {
    TowerActivities tower =
        stub(
            TowerActivities.class,
            ActivityPolicy.submit(TaskQueues.SEQERA, "evidence and doubles of " + run.runName()));
    TowerActivities.EndedRun ended =
        foreign ? tower.endForeignRun(run) : tower.endRun(run, round.claim());
    RunEnd found = new RunEnd(ended.evidence());
    doubles.addAll(ended.doubles());
    CancellationScope.throwCanceled();
    end = Optional.of(found);
    String text = run.runName() + " " + found.seen().status() + ", " + found.tasks();
    if (succeeded()) {
      round.stages().done(stage, text);
    } else {
      why = found.problem(run.runName());
      round.stages().say(stage, text, Optional.of(found.seen().url()));
    }
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
    report.put("relaunches", launches.relaunches());
    report.put("outdir", outdir());
    report.put("samples", samples);
    if (!foreign) {
      launches.firstKey().ifPresent(key -> report.put(RunLaunches.KEY, key.value()));
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
    end.ifPresent(ended -> ended.describe(report));
    if (!doubles.isEmpty()) {
      report.put("doublesCancelled", doubles.stream().map(RunRef::workflowId).toList());
    }
    return report;
  }

  /** Stops everything that this step may have started, also what never gave its id back. */
  List<RunRef> cancelOwn() {
    return launches.cancelOwn();
  }

  List<RunRef> doubles() {
    return List.copyOf(doubles);
  }
}
