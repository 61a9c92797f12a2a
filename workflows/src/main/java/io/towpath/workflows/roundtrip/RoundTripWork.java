package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.ledger.LedgerView;
import io.towpath.workflows.model.CanonicalJson;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.synapse.IndexedFile;
import io.towpath.workflows.synapse.SynapseActivities;
import io.towpath.workflows.synapse.SynapseActivities.EnsureReport;
import io.towpath.workflows.synapse.SynapseActivities.Provenance;
import io.towpath.workflows.tower.RunRef;
import io.towpath.workflows.tower.TowerActivities;
import io.towpath.workflows.transfer.TransferActivities;
import io.towpath.workflows.transfer.TransferActivities.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The work of one claimed round trip, from the first effect to the report. */
final class RoundTripWork {
  private final RoundTripRun run;
  private final List<RunStep> runs = new ArrayList<>();
  private final List<String> warnings;
  private Optional<StageStep.Staged> staged = Optional.empty();
  private Optional<IndexStep.Indexed> indexed = Optional.empty();
  private List<RunRef> cancelledRuns = List.of();

  RoundTripWork(RoundTripRun run, List<String> warnings) {
    this.run = run;
    this.warnings = new ArrayList<>(warnings);
    List<RoundTripRequest.Run> asked = run.spec().request().runs();
    for (int i = 0; i < asked.size(); i++) {
      runs.add(new RunStep(run, i, stageName(run.spec().request(), i)));
      warnings(run.spec().targets().get(i).warnings());
    }
  }

  private void warnings(List<String> more) {
    warnings.addAll(more);
  }

  static String stageName(RoundTripRequest request, int i) {
    return request.runs().size() == 1 ? "run" : "run " + request.runs().get(i).name();
  }

  void wake() {
    runs.forEach(RunStep::wake);
  }

  /** Stops what earlier generations may have left alive, before this one has its first effect. */
  void stopEarlier(int lastGeneration) {
    LedgerView ledger =
        stub(LedgerActivities.class, ActivityPolicy.quick(TaskQueues.S3, "read the ledger"))
            .look(run.claim().businessKey());
    for (RunKey key : ledger.keysSentUpTo(lastGeneration)) {
      run.operator()
          .repairable(
              () ->
                  stub(
                          TowerActivities.class,
                          ActivityPolicy.submit(TaskQueues.SEQERA, "stop runs of " + key))
                      .cancelByKey(
                          run.spec().request().control().connection(),
                          run.spec().targets().get(0).workspaceId(),
                          key,
                          false));
    }
  }

  /** Does it; returns whether every run succeeded and was indexed. */
  boolean execute() {
    StageStep.Staged files = new StageStep(run).stage();
    staged = Optional.of(files);
    if (files.files().aside() > 0) {
      warnings.add(
          files.files().aside()
              + " files are staged under a longer name, because another object lies at theirs");
    }
    Map<String, String> placeholders = new TreeMap<>();
    placeholders.put(Placeholders.SAMPLE_SHEET, files.sheet().uri().value());
    for (RunStep step : runs) {
      step.execute(placeholders);
      if (!step.succeeded()) {
        return false;
      }
      String name = run.spec().request().runs().get(runs.indexOf(step)).name();
      placeholders.put(Placeholders.outdirOf(name), step.outdir());
    }
    indexed = Optional.of(new IndexStep(run).index(sources(placeholders), provenance()));
    return true;
  }

  /** Why a run did not succeed; empty when all did. */
  String why() {
    return runs.stream().map(RunStep::why).filter(why -> !why.isEmpty()).findFirst().orElse("");
  }

  private List<S3Uri> sources(Map<String, String> placeholders) {
    List<String> from = run.spec().request().index().from();
    if (from.isEmpty()) {
      return runs.stream().map(step -> new S3Uri(step.outdir())).toList();
    }
    return from.stream()
        .map(text -> new S3Uri(Placeholders.fill(text, placeholders)).asFolder())
        .toList();
  }

  private Provenance provenance() {
    RoundTripSpec spec = run.spec();
    List<Provenance.Link> executed = new ArrayList<>();
    StringBuilder description = new StringBuilder("towpath " + run.claim().businessKey());
    for (RunStep step : runs) {
      Map<String, Object> report = step.report();
      String commit = String.valueOf(report.getOrDefault("commitId", report.get("revision")));
      executed.add(
          new Provenance.Link(
              "pipeline " + report.get("name"), report.get("pipeline") + "/tree/" + commit));
      if (report.get("url") instanceof String url && url.startsWith("http")) {
        executed.add(new Provenance.Link("run " + report.get("runName"), url));
      }
      description.append("; ").append(report.get("runName")).append(" to ").append(step.outdir());
    }
    return new Provenance(
        runs.get(runs.size() - 1).runName(),
        description.toString(),
        List.of(spec.manifest().id()),
        executed);
  }

  /** Leaves nothing running and nothing half-done; in a scope that a cancel does not reach. */
  void cleanUp(boolean leaveRuns) {
    List<RunRef> stopped = new ArrayList<>();
    if (!leaveRuns) {
      runs.forEach(step -> stopped.addAll(step.cancelOwn()));
    }
    cancelledRuns = stopped;
    stub(TransferActivities.class, ActivityPolicy.quick(TaskQueues.S3, "abort open uploads"))
        .abortUploads(run.claim(), run.spec().request().stage().to());
  }

  /** Writes the report to the ledger and to S3, and to Synapse if something was indexed. */
  Map<String, Object> report(String outcome, Optional<String> kind, String reason) {
    CancellationScope.throwCanceled();
    boolean counts = indexed.isPresent() && outcome.startsWith("SUCCEEDED");
    run.stages().begin("report", "writing the report");
    Map<String, Object> report = body(outcome, kind, reason);
    S3Uri where = run.work().resolve("report.json");
    Document stored =
        stub(TransferActivities.class, ActivityPolicy.quick(TaskQueues.S3, "store the report"))
            .writeDocument(run.claim(), where, CanonicalJson.write(report));
    String filed = counts ? file(stored, report) : "";
    run.stages().done("report", counts ? filed + " towpath-report.json" : where.value());
    report.put("timeline", run.stages().timeline());
    return stub(LedgerActivities.class, ActivityPolicy.quick(TaskQueues.S3, "record the result"))
        .recordResult(run.claim(), report);
  }

  private String file(Document stored, Map<String, Object> report) {
    IndexedFile file =
        run.operator()
            .repairable(
                () ->
                    stub(
                            SynapseActivities.class,
                            ActivityPolicy.submit(TaskQueues.SYNAPSE, "file the report"))
                        .ensureReport(
                            new EnsureReport(
                                run.claim(),
                                run.spec().request().control().connection(),
                                run.spec().request().index().parent(),
                                stored.uri(),
                                stored.md5(),
                                indexed.orElseThrow().target())));
    report.put("reportSynId", new SynapseId(file.synapseId()).atVersion(file.version()).value());
    return file.synapseId();
  }

  private Map<String, Object> body(String outcome, Optional<String> kind, String reason) {
    RoundTripSpec spec = run.spec();
    Map<String, Object> report = new TreeMap<>();
    report.put("kind", RoundTripWorkflow.TYPE);
    report.put("workflowId", run.claim().businessKey());
    report.put("outcome", outcome);
    report.put("specDigest", spec.digest().value());
    report.put("generation", run.claim().generation());
    report.put("dataset", spec.request().control().dataset().orElse(""));
    Map<String, Object> manifest = new TreeMap<>();
    manifest.put("synId", spec.manifest().id().entity());
    manifest.put("version", spec.manifest().id().version().orElse(0));
    manifest.put("md5", spec.manifest().md5().orElse(""));
    spec.manifest().view().ifPresent(view -> manifest.put("result", view.result()));
    report.put("manifest", manifest);
    staged.ifPresent(s -> report.put("staged", s.report(new StageStep(run).stagedPages())));
    report.put("runs", runs.stream().map(RunStep::report).toList());
    report.put(
        "index", indexed.map(IndexStep.Indexed::report).orElseGet(RoundTripWork::nothingIndexed));
    report.put("warnings", warnings);
    report.put("doublesCancelled", runs.stream().mapToInt(step -> step.doubles().size()).sum());
    report.put("runsCancelled", cancelledRuns.stream().map(RunRef::workflowId).toList());
    report.put("timeline", run.stages().timeline());
    kind.ifPresent(k -> report.put("failure", new TreeMap<>(Map.of("kind", k, "message", reason))));
    return report;
  }

  private static Map<String, Object> nothingIndexed() {
    return new TreeMap<>(
        Map.of("created", 0, "newVersions", 0, "unchanged", 0, "skipped", 0, "failed", 0));
  }

  List<String> externalIds() {
    return runs.stream().flatMap(step -> step.externalIds().stream()).toList();
  }

  /** Whether zero-byte outputs, renamed files or warnings make the success one with warnings. */
  boolean hasWarnings() {
    return indexed
            .map(i -> i.outputs().zeroByteCount() > 0 || !i.target().renamed().isEmpty())
            .orElse(false)
        || !warnings.isEmpty();
  }

  static void remember(String outcome) {
    Workflow.upsertMemo(Map.of("towpath.outcome", outcome));
  }
}
