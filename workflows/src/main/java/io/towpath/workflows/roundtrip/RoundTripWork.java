package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.stub;

import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.etl.Ending;
import io.towpath.workflows.etl.EtlWork;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.ledger.LedgerView;
import io.towpath.workflows.model.CanonicalJson;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.synapse.IndexTarget;
import io.towpath.workflows.synapse.IndexedFile;
import io.towpath.workflows.synapse.Provenance;
import io.towpath.workflows.synapse.SynapseActivities;
import io.towpath.workflows.synapse.SynapseActivities.EnsureReport;
import io.towpath.workflows.tower.RunRef;
import io.towpath.workflows.tower.TowerActivities;
import io.towpath.workflows.transfer.ListOutputs.FirstLaunch;
import io.towpath.workflows.transfer.TransferActivities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The work of one claimed round trip, from the first effect to the report. */
final class RoundTripWork implements EtlWork {
  /** Runs that are older wake every step on any news. */
  private static final String WAKE_ONE = "wake-one-run";

  private final ClaimedRun<RoundTripSpec> run;
  private final List<RunStep> runs = new ArrayList<>();
  private final List<String> warnings;
  private Optional<StageStep.Staged> staged = Optional.empty();
  private Optional<IndexStep.Indexed> indexed = Optional.empty();
  private List<RunRef> cancelledRuns = List.of();

  /**
   * The work of a run that holds its claim.
   *
   * @param warnings what the look before it warned of
   * @param earlier reports of runs that are adopted from an earlier generation, by name
   */
  RoundTripWork(
      ClaimedRun<RoundTripSpec> run,
      List<String> warnings,
      Map<String, Map<String, Object>> earlier) {
    this.run = run;
    this.warnings = new ArrayList<>(warnings);
    List<RoundTripRequest.Run> asked = run.spec().request().runs();
    for (int i = 0; i < asked.size(); i++) {
      String stage = stageName(run.spec().request(), i);
      run.operator().alias(asked.get(i).name(), stage);
      RunStep step = new RunStep(run, i, stage);
      if (!run.spec().request().part().has(asked, i)) {
        Optional.ofNullable(earlier.get(step.name())).ifPresentOrElse(step::adopt, step::leaveOut);
      }
      runs.add(step);
    }
  }

  static String stageName(RoundTripRequest request, int i) {
    return request.runs().size() == 1 ? "run" : "run " + request.runs().get(i).name();
  }

  @Override
  public void wake() {
    runs.forEach(RunStep::wake);
  }

  @Override
  public void wake(String externalId) {
    List<RunStep> woken =
        runs.size() == 1
            ? runs
            : EtlWork.meant(runs, step -> step.externalIds().contains(externalId), WAKE_ONE);
    woken.forEach(RunStep::wake);
  }

  @Override
  public void stopEarlier(int lastGeneration) {
    LedgerView ledger =
        stub(LedgerActivities.class, ActivityPolicy.quick(TaskQueues.S3, "read the ledger"))
            .look(run.claim().businessKey());
    for (RunKey key : ledger.keysSentUpTo(lastGeneration)) {
      run.operator()
          .repairable(
              "check",
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

  @Override
  public Ending execute() {
    StageStep.Staged files = new StageStep(run).stage();
    staged = Optional.of(files);
    if (files.files().aside() > 0) {
      warnings.add(
          files.files().aside()
              + " files are staged under a longer name, because another object lies at theirs");
    }
    Chain chain = new Chain(runs);
    chain.execute(files, step -> step.ownIndex().ifPresent(own -> index(own, step)));
    boolean well = runs.stream().noneMatch(RunStep::failed);
    List<RunStep> together =
        runs.stream().filter(step -> step.succeeded() && step.ownIndex().isEmpty()).toList();
    if (!together.isEmpty()) {
      indexed = Optional.of(indexTogether(together, chain.placeholders()));
    } else if (well) {
      run.stages().skipped("index", "every run has an index of its own");
    }
    if (!well && run.spec().request().onRunFailure().equals(RoundTripRequest.INDEX_PARTIAL)) {
      runs.stream().filter(RunStep::leftSomething).forEach(this::indexPartial);
    }
    runs.forEach(step -> warnings.addAll(step.warnings()));
    return runs.stream()
        .filter(RunStep::failed)
        .findFirst()
        .map(this::failed)
        .orElseGet(() -> Ending.succeeded(hasWarnings()));
  }

  private Ending failed(RunStep first) {
    return Ending.failed(indexedSomething() ? FailureKind.PARTIAL : first.kind(), first.why());
  }

  @Override
  public String leftBehind() {
    return indexedSomething()
        ? "of the other runs the outputs were indexed"
        : "nothing of it was indexed";
  }

  private void index(IndexRequest own, RunStep step) {
    step.indexedAs(
        new IndexStep(run, own, step.name())
            .index(
                sources(
                    own, List.of(step), Map.of(Placeholders.outdirOf(step.name()), step.outdir())),
                launches(List.of(step)),
                provenance(own, List.of(step))));
  }

  private void indexPartial(RunStep step) {
    IndexRequest own =
        step.ownIndex().orElse(run.spec().request().index()).partial(step.name(), runs.size() == 1);
    warnings.add("run " + step.name() + " failed; what it left is in a folder named PARTIAL");
    index(own, step);
  }

  /** Prefixes that name a run which did not succeed are left out, with its outputs. */
  private IndexStep.Indexed indexTogether(
      List<RunStep> together, Map<String, String> placeholders) {
    IndexRequest index = run.spec().request().index();
    IndexStep.Indexed filed =
        new IndexStep(run, index, "")
            .index(
                sources(index, together, placeholders),
                launches(together),
                provenance(index, together));
    warnings.addAll(filed.warnings());
    return filed;
  }

  /** Everything that was indexed: of the request's own index, and of those of single runs. */
  private List<IndexStep.Indexed> allIndexed() {
    List<IndexStep.Indexed> all = new ArrayList<>(indexed.stream().toList());
    runs.forEach(step -> step.indexed().ifPresent(all::add));
    return all;
  }

  /** Whether something of this request is in Synapse although it did not end well. */
  private boolean indexedSomething() {
    return !allIndexed().isEmpty();
  }

  private static List<S3Uri> sources(
      IndexRequest index, List<RunStep> steps, Map<String, String> placeholders) {
    if (index.from().isEmpty()) {
      return steps.stream().map(step -> new S3Uri(step.outdir())).toList();
    }
    return index.from().stream()
        .map(text -> Placeholders.fill(text, placeholders))
        .filter(text -> !text.contains("${"))
        .map(text -> new S3Uri(text).asFolder())
        .toList();
  }

  private static List<FirstLaunch> launches(List<RunStep> steps) {
    return steps.stream().flatMap(step -> step.firstLaunch().stream()).toList();
  }

  private Provenance provenance(IndexRequest index, List<RunStep> steps) {
    return IndexSources.of(
        run.spec(),
        index,
        steps.stream().map(RunStep::report).toList(),
        staged.orElseThrow().manifest().files());
  }

  @Override
  public void cleanUp(boolean leaveRuns) {
    List<RunRef> stopped = new ArrayList<>();
    if (!leaveRuns) {
      runs.forEach(step -> stopped.addAll(step.cancelOwn()));
    }
    cancelledRuns = stopped;
    stub(TransferActivities.class, ActivityPolicy.quick(TaskQueues.S3, "abort open uploads"))
        .abortUploads(run.claim(), run.spec().request().stage().to());
  }

  /** In Synapse, when something was indexed: as {@code towpath-report.json} beside it. */
  @Override
  public Optional<String> file(S3Uri where, Map<String, Object> report, Ending ending) {
    return indexedSomething() && ending.well()
        ? Optional.of(fileInSynapse(where, report) + " towpath-report.json")
        : Optional.empty();
  }

  private String fileInSynapse(S3Uri where, Map<String, Object> report) {
    IndexTarget target = allIndexed().get(0).target();
    SynapseId parent =
        indexed
            .map(filed -> filed.target().parent())
            .orElseGet(() -> run.spec().request().index().parent());
    IndexedFile file =
        run.operator()
            .repairable(
                "report",
                () ->
                    stub(
                            SynapseActivities.class,
                            ActivityPolicy.submit(TaskQueues.SYNAPSE, "file the report"))
                        .ensureReport(
                            new EnsureReport(
                                run.claim(),
                                run.spec().request().control().connection(),
                                parent,
                                where,
                                Optional.of(CanonicalJson.write(report)),
                                Optional.of(target),
                                Optional.empty(),
                                Optional.of(""),
                                Optional.empty())));
    report.put("reportSynId", new SynapseId(file.synapseId()).atVersion(file.version()).value());
    return file.synapseId();
  }

  @Override
  public Map<String, Object> describe() {
    RoundTripSpec spec = run.spec();
    Map<String, Object> report = new TreeMap<>();
    Map<String, Object> manifest = new TreeMap<>();
    manifest.put("synId", spec.manifest().id().entity());
    manifest.put("version", spec.manifest().id().version().orElse(0));
    manifest.put("md5", spec.manifest().md5().orElse(""));
    spec.manifest().view().ifPresent(view -> manifest.put("result", view.result()));
    report.put("manifest", manifest);
    staged.ifPresent(s -> report.put("staged", s.report(new StageStep(run).stagedPages())));
    report.put("runs", runs.stream().map(RunStep::report).toList());
    report.put("index", indexReport());
    report.put("warnings", warnings);
    report.put("doublesCancelled", runs.stream().mapToInt(step -> step.doubles().size()).sum());
    report.put("runsCancelled", cancelledRuns.stream().map(RunRef::workflowId).toList());
    return report;
  }

  /** The request's own index; where only single runs have one, the sums of theirs. */
  private Map<String, Object> indexReport() {
    return indexed
        .map(IndexStep.Indexed::report)
        .orElseGet(() -> IndexStep.Indexed.sums(allIndexed()));
  }

  @Override
  public List<String> externalIds() {
    return runs.stream().flatMap(step -> step.externalIds().stream()).toList();
  }

  /** Whether zero-byte outputs, renamed files or warnings make the success one with warnings. */
  private boolean hasWarnings() {
    return allIndexed().stream()
            .anyMatch(i -> i.outputs().zeroByte().count() > 0 || !i.target().renamed().isEmpty())
        || !warnings.isEmpty();
  }
}
