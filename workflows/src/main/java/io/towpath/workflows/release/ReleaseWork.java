package io.towpath.workflows.release;

import static io.towpath.workflows.progress.Operator.kindOf;
import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.configfile.ConfigFileActivities;
import io.towpath.workflows.containers.ContainerActivities;
import io.towpath.workflows.containers.ContainerActivities.StopContainers;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.etl.Ending;
import io.towpath.workflows.etl.EtlWork;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.lease.Lease;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.release.ReleaseRequest.Promotion;
import io.towpath.workflows.synapse.ReleaseManifestActivities.ReleaseRecord;
import io.towpath.workflows.synapse.ReleaseManifestActivities.SeenManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The work of one claimed release, from its turn at the resources to the last promotion. */
final class ReleaseWork implements EtlWork {
  /** The stage in which a run waits for its turn. */
  static final String TURN = "turn";

  /** Where it says that containers could not be stopped. */
  private static final String STOP = "stop";

  /** Between the signal and the end; what executors give by default. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** Runs that are older wake every container on any news. */
  private static final String WAKE_ONE = "wake-one";

  private final ClaimedRun<ReleaseSpec> run;
  private final List<String> warnings;
  private final List<PromoteStep> promotions = new ArrayList<>();
  private EarlierItems earlier;
  private Optional<Steps> steps = Optional.empty();
  private Optional<ReleaseRecord> recorded = Optional.empty();
  private Optional<RecordedRelease> passed = Optional.empty();
  private int stopped;

  ReleaseWork(ClaimedRun<ReleaseSpec> run, List<String> warnings) {
    this.run = run;
    this.warnings = new ArrayList<>(warnings);
    this.earlier = EarlierItems.none(run.spec());
    run.operator().gates().guard(run.spec().request().gates());
  }

  @Override
  public void stopEarlier(int lastGeneration) {
    stopped += run.operator().repairable("check", () -> stop(Optional.of(lastGeneration), false));
  }

  @Override
  public Ending execute() {
    if (run.spec().recorded().isEmpty()) {
      earlier = EarlierItems.of(run);
      passed = earlier.released();
      if (passed.isPresent()) {
        leaveOutSteps();
        passed.ifPresent(this::keep);
      } else {
        prepare();
        Ending ending = holding(0);
        if (!ending.well()) {
          return ending;
        }
      }
    }
    run.spec().recorded().or(() -> passed).ifPresent(this::promote);
    return Ending.succeeded(!warnings.isEmpty());
  }

  private void leaveOutSteps() {
    String why = "recorded before";
    ReleaseRequest request = run.spec().request();
    if (!request.exclusive().isEmpty()) {
      run.stages().skipped(TURN, why);
    }
    request.steps().forEach(step -> run.stages().skipped(StepRun.stage(step), why));
    run.stages().skipped(VerifyStep.STAGE, why);
  }

  private void promote(RecordedRelease release) {
    for (Promotion promotion : run.spec().request().promotions()) {
      run.operator().awaitNotPaused();
      PromoteStep one = new PromoteStep(run, promotion);
      promotions.add(one);
      if (!one.execute(release)) {
        warnings.add("not promoted to " + promotion.to());
      }
    }
  }

  /** Says for good where containers will run, and keeps the configuration as it was read. */
  private void prepare() {
    ledger("record the executor")
        .recordOutcome(
            run.claim(), ContainerActivities.EXECUTOR, ExecutorRequest.json(run.spec().executor()));
    if (run.claim().generation() > 1) {
      ledger("record what was done before")
          .recordOutcome(run.claim(), EarlierItems.BEFORE, earlier.items());
    }
    run.spec()
        .config()
        .ifPresent(
            config ->
                stub(
                        ConfigFileActivities.class,
                        ActivityPolicy.quick(TaskQueues.S3, "keep the config"))
                    .store(run.claim(), config, run.work().resolve("config")));
    CancellationScope.throwCanceled();
  }

  /**
   * Waits for one resource after the other, always in the same order, so that no two wait for ever.
   */
  private Ending holding(int held) {
    List<String> resources = run.spec().request().exclusive();
    if (held == resources.size()) {
      if (held > 0) {
        run.stages().done(TURN, "holds " + String.join(", ", resources));
      }
      return released();
    }
    if (held == 0) {
      run.stages().begin(TURN, "waiting for " + String.join(", ", resources));
    }
    return Lease.hold("release/" + resources.get(held), () -> holding(held + 1));
  }

  /** No lease is given back while a container of ours may still work on what it protects. */
  private Ending released() {
    Steps running = new Steps(run, earlier);
    steps = Optional.of(running);
    boolean over = false;
    run.operator().holds(run.spec().request().exclusive());
    try {
      Optional<VerifyStep> verify =
          run.spec().request().verify().map(rules -> new VerifyStep(run, rules));
      Optional<SeenManifest> before = verify.flatMap(VerifyStep::before);
      running.execute();
      over = true;
      if (!running.well()) {
        return unwell(running);
      }
      recorded = verify.map(step -> step.execute(before, warnings::add));
      passed = recorded.map(one -> new RecordedRelease(recordUri(), one.sha256()));
      passed.ifPresent(this::keep);
      return Ending.succeeded(false);
    } finally {
      boolean ended = over && allKnown() && running.allEnded();
      Workflow.newDetachedCancellationScope(() -> leave(running, ended)).run();
      run.operator().holds(List.of());
    }
  }

  /** Not of attempts that an operator asked the holder before this one for. */
  private boolean allKnown() {
    return run.claim().holder() == 1;
  }

  /** Only what passed can be rolled back to. */
  private void keep(RecordedRelease release) {
    ledger("record the release").recordOutcome(run.claim(), RecordedRelease.STEP, release.json());
  }

  /**
   * Keeps what was done whatever comes of the stop, and returns only when nothing can run any more.
   * What a run began that lost its claim belongs to whoever took over.
   *
   * @param ended whether the last container of every item is known to have ended
   */
  private void leave(Steps running, boolean ended) {
    boolean ours = true;
    try {
      ledger("record what was done")
          .recordOutcome(run.claim(), earlier.note(), earlier.record(run.claim(), running, passed));
    } catch (ActivityFailure failure) {
      ours = kindOf(failure) != FailureKind.CLAIM_LOST;
      throw failure;
    } finally {
      if (ours && !ended && !run.operator().detached()) {
        stopped +=
            run.operator()
                .repairable(STOP, () -> stop(Optional.of(run.claim().generation()), true));
      }
    }
  }

  private static Ending unwell(Steps running) {
    List<String> why = new ArrayList<>();
    boolean anyWell = false;
    for (Map.Entry<StepRequest, StepRun> step : running.runs().entrySet()) {
      for (ItemEnd end : step.getValue().ends()) {
        anyWell |= end.well();
        if (!end.well() && why.size() < ReleaseReport.MOST_TOLD) {
          why.add(end.report(step.getKey().name()).get("name") + " " + end.why());
        }
      }
    }
    return Ending.failed(
        anyWell ? FailureKind.PARTIAL : FailureKind.RUN_FAILED,
        why.isEmpty() ? "not every step was run" : String.join("; ", why));
  }

  private S3Uri recordUri() {
    return run.work().resolve(PromoteStep.FILE);
  }

  private int stop(Optional<Integer> generation, boolean unclear) {
    return stub(
            ContainerActivities.class,
            ActivityPolicy.submit(TaskQueues.CONTAINERS, "stop the containers"))
        .stop(new StopContainers(run.claim().businessKey(), generation, unclear, GRACE));
  }

  private static LedgerActivities ledger(String summary) {
    return stub(LedgerActivities.class, ActivityPolicy.quick(TaskQueues.S3, summary));
  }

  @Override
  public String leftBehind() {
    List<String> filed = promotions.stream().flatMap(one -> one.promotedTo().stream()).toList();
    if (!filed.isEmpty()) {
      return "it was promoted to "
          + String.join(", ", filed)
          + "; the next start promotes the same record to the others";
    }
    return passed.isPresent()
        ? "it was promoted nowhere; the next start promotes what was recorded"
        : "nothing was released; what succeeded is not run again by the next start";
  }

  /** Containers were stopped while the leases were held. */
  @Override
  public void cleanUp(boolean leaveRuns) {}

  @Override
  public Map<String, Object> describe() {
    return new ReleaseReport(run.spec(), warnings)
        .steps(steps)
        .promoted(run.spec().recorded().or(() -> passed))
        .manifest(recorded, recordUri())
        .promotions(promotions)
        .approvals(run.operator().gates().approvals())
        .stopped(stopped)
        .map();
  }

  /** The record of a release is what people look for; the report lies beside the working lists. */
  @Override
  public Optional<String> file(S3Uri where, Map<String, Object> report, Ending ending) {
    return Optional.empty();
  }

  @Override
  public List<String> externalIds() {
    return ReleaseReport.externalIds(steps);
  }

  @Override
  public void wake() {
    items().forEach(ItemRun::wake);
  }

  /**
   * Executors tell the name of a container, which has its key in it, or an id that we do not know.
   */
  @Override
  public void wake(String externalId) {
    EtlWork.meant(items().toList(), item -> item.isCalled(externalId), WAKE_ONE)
        .forEach(ItemRun::wake);
  }

  private Stream<ItemRun> items() {
    return steps.stream()
        .flatMap(running -> running.runs().values().stream())
        .flatMap(step -> step.items().stream());
  }
}
