package io.towpath.workflows.cavatica;

import static io.towpath.workflows.progress.Operator.stub;

import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.cavatica.CollateStep.Collated;
import io.towpath.workflows.cavatica.ImportStep.Imported;
import io.towpath.workflows.cavatica.MintStep.Minted;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.etl.Ending;
import io.towpath.workflows.etl.EtlWork;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftedTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.StoppedTasks;
import io.towpath.workflows.sevenbridges.TaskCounts;
import io.towpath.workflows.sevenbridges.TaskLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The work of one claimed sheet, from the first import to the output manifest. */
final class CavaticaWork implements EtlWork {
  /** Tasks that a report and the search attributes name; a payload has room for no more. */
  private static final int TASKS_TOLD = 20;

  private final ClaimedRun<CavaticaSpec> run;
  private final List<String> warnings;
  private Optional<Imported> imported = Optional.empty();
  private Optional<DraftTasks> asked = Optional.empty();
  private Optional<DraftedTasks> drafted = Optional.empty();
  private Optional<TaskStep> running = Optional.empty();
  private TaskCounts tasks = TaskCounts.NONE;
  private List<TaskLine> lines = List.of();
  private Optional<Collated> collated = Optional.empty();
  private Optional<Minted> minted = Optional.empty();
  private Optional<ManifestStep.Filed> manifest = Optional.empty();
  private Optional<StoppedTasks> stopped = Optional.empty();

  CavaticaWork(ClaimedRun<CavaticaSpec> run, List<String> warnings) {
    this.run = run;
    this.warnings = new ArrayList<>(warnings);
  }

  /** Tasks that this generation wants too are adopted; others of an earlier one are stopped. */
  @Override
  public void stopEarlier(int lastGeneration) {
    stub(LedgerActivities.class, ActivityPolicy.quick(TaskQueues.S3, "read the ledger"))
        .outcome(run.claim().businessKey(), lastGeneration, ClaimedTasks.STEP)
        .flatMap(ClaimedTasks::read)
        .filter(earlier -> !earlier.isOf(run.spec()))
        .ifPresent(
            earlier ->
                run.operator()
                    .repairable("check", () -> stop(earlier.asWork(run), Optional.empty(), false)));
  }

  @Override
  public Ending execute() {
    Imported files = new ImportStep(run).execute();
    imported = Optional.of(files);
    DraftStep draft = new DraftStep(run);
    DraftTasks request = draft.prepare(files);
    asked = Optional.of(request);
    if (request.inputs().rows() == 0) {
      return Ending.failed(FailureKind.RUN_FAILED, "no sample has all its files: " + failures());
    }
    DraftedTasks there = draft.draft(request);
    drafted = Optional.of(there);
    if (!mayLaunch(there)) {
      return leaveDrafts(request, there);
    }
    TaskStep step = new TaskStep(run, request, there.tasks());
    running = Optional.of(step);
    tasks = step.execute();
    lines = tell(request, there);
    return tasks.completed() == 0
        ? Ending.failed(FailureKind.RUN_FAILED, "no task succeeded: " + failures())
        : finish(request, there, files);
  }

  private boolean mayLaunch(DraftedTasks there) {
    TaskRequest request = run.spec().request().tasks();
    if (request.draftOnly()) {
      return false;
    }
    return !request.afterApproval()
        || run.operator()
            .awaitGate(
                DraftStep.GATE,
                DraftStep.STAGE,
                there.created()
                    + " drafts wait in "
                    + run.spec().request().project().id()
                    + "; look at them there, then: towpath approve --gate "
                    + DraftStep.GATE
                    + ", or towpath skip, which leaves them as drafts");
  }

  private Ending leaveDrafts(DraftTasks request, DraftedTasks there) {
    lines = tell(request, there);
    List.of(TaskStep.STAGE, CollateStep.STAGE, MintStep.STAGE)
        .forEach(stage -> run.stages().skipped(stage, "drafts are left for people"));
    return ended().beforeTheEnd();
  }

  private Ending finish(DraftTasks request, DraftedTasks there, Imported files) {
    Collated outputs = new CollateStep(run).execute(request, there.tasks(), files.stored().files());
    collated = Optional.of(outputs);
    run.spec()
        .request()
        .drs()
        .ifPresentOrElse(
            drs -> mint(drs, outputs),
            () -> run.stages().skipped(MintStep.STAGE, "no ids asked for"));
    manifest =
        Optional.of(
            new ManifestStep(run)
                .execute(request, there.tasks(), outputs, minted.map(Minted::ids)));
    return ended();
  }

  private void mint(DrsRequest drs, Collated outputs) {
    MintStep step = new MintStep(run, drs);
    Minted ids = step.execute(outputs);
    minted = Optional.of(ids);
    ids.filed().map(EntityStep.Filed::warnings).ifPresent(warnings::addAll);
    minted = Optional.of(step.publish(ids, failed()));
  }

  private Ending ended() {
    return failed() == 0
        ? Ending.succeeded(!warnings.isEmpty())
        : Ending.failed(FailureKind.PARTIAL, failures());
  }

  /** Everything that did not come out as asked: files, samples, tasks, exports and ids. */
  private long failed() {
    return (long) imported.map(files -> files.counts().failed()).orElse(0)
        + tasks.failed()
        + collated.map(outputs -> outputs.counts().failed()).orElse(0)
        + minted.map(Minted::failed).orElse(0);
  }

  private String failures() {
    List<String> words = new ArrayList<>();
    imported
        .map(Imported::counts)
        .filter(counts -> counts.failed() > 0)
        .ifPresent(
            counts ->
                words.add(
                    counts.failed()
                        + " files were not imported, such as "
                        + counts.firstError().orElse("")));
    if (tasks.failed() > 0) {
      words.add(tasks.failed() + " tasks failed: " + failedTasks());
    }
    collated
        .map(Collated::counts)
        .filter(counts -> counts.failed() > 0)
        .ifPresent(
            counts ->
                words.add(counts.failed() + " outputs were not collected: " + counts.firstError()));
    minted
        .filter(ids -> ids.failed() > 0)
        .ifPresent(
            ids -> words.add(ids.failed() + " files have no id: " + ids.counts().firstError()));
    return String.join("; ", words);
  }

  private String failedTasks() {
    return String.join(
        ", ",
        lines.stream()
            .filter(line -> line.problem().isPresent())
            .map(
                line ->
                    line.sample()
                        + " ("
                        + line.status()
                        + line.problem().map(why -> ": " + why).orElse("")
                        + ")")
            .toList());
  }

  private static List<TaskLine> tell(DraftTasks request, DraftedTasks there) {
    return stub(
            SevenBridgesActivities.class,
            ActivityPolicy.quick(TaskQueues.SEVEN_BRIDGES, "tell the tasks"))
        .tellTasks(request, there.tasks(), TASKS_TOLD);
  }

  @Override
  public String leftBehind() {
    return tasks.completed() == 0
        ? "nothing of it came to an end"
        : "of the other " + tasks.completed() + " samples the outputs are there";
  }

  @Override
  public void cleanUp(boolean leaveRuns) {
    if (!leaveRuns) {
      asked.ifPresent(
          request ->
              stopped =
                  Optional.of(stop(request, drafted.map(DraftedTasks::tasks), drafted.isEmpty())));
    }
  }

  private static StoppedTasks stop(
      DraftTasks request, Optional<ManifestRef> pages, boolean unclear) {
    return stub(
            SevenBridgesActivities.class,
            ActivityPolicy.submit(TaskQueues.SEVEN_BRIDGES, "stop the tasks"))
        .stopTasks(request, pages, unclear);
  }

  @Override
  public Map<String, Object> describe() {
    return new CavaticaReport(run.spec(), warnings)
        .imports(imported)
        .tasks(drafted, tasks, lines)
        .outputs(collated, manifest)
        .ids(minted)
        .stopped(stopped)
        .approvals(run.operator().gates().approvals())
        .map();
  }

  /** The output manifest is what people look for; the report lies beside the working lists. */
  @Override
  public Optional<String> file(S3Uri where, Map<String, Object> report, Ending ending) {
    return Optional.empty();
  }

  @Override
  public List<String> externalIds() {
    List<String> ids = new ArrayList<>(List.of(run.spec().request().project().id()));
    lines.forEach(line -> ids.add(line.taskId()));
    return ids;
  }

  @Override
  public void wake() {
    running.ifPresent(TaskStep::wake);
  }
}
