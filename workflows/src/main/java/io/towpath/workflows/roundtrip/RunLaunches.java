package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.kindOf;
import static io.towpath.workflows.progress.Operator.reason;
import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.progress.Operator.Decision;
import io.towpath.workflows.progress.Operator.Word;
import io.towpath.workflows.tower.LaunchRequest;
import io.towpath.workflows.tower.ResolvedRun;
import io.towpath.workflows.tower.RunRef;
import io.towpath.workflows.tower.RunStatus;
import io.towpath.workflows.tower.TowerActivities;
import io.towpath.workflows.transfer.ListOutputs.FirstLaunch;
import io.towpath.workflows.transfer.TransferActivities;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The launches of one run, each under a key and a name of its own. */
final class RunLaunches {
  /** The report's field with the operation key of the first launch. */
  static final String KEY = "operationKey";

  private final ClaimedRun<RoundTripSpec> round;
  private final int index;
  private final String stage;
  private final RoundTripRequest.Run request;
  private final ResolvedRun target;
  private final List<RunKey> keys = new ArrayList<>();
  private final Set<RunKey> unclear = new LinkedHashSet<>();
  private int fresh;
  private int relaunches;

  RunLaunches(ClaimedRun<RoundTripSpec> round, int index, String stage) {
    this.round = round;
    this.index = index;
    this.stage = stage;
    this.request = round.spec().request().runs().get(index);
    this.target = round.spec().targets().get(index);
  }

  /**
   * How a launch ended.
   *
   * @param run what runs now; empty when an operator decided against it
   * @param foreign whether an operator named it
   * @param why the operator's reason where there is no run
   */
  record Launched(Optional<RunRef> run, boolean foreign, String why) {}

  boolean mayRelaunch(Optional<RunEnd> end) {
    return relaunches < request.onFailure().maxRelaunch()
        && end.filter(ended -> ended.seen().status() == RunStatus.FAILED).isPresent();
  }

  /**
   * Goes over to the next launch; one that goes on with no run gets a key of its own.
   *
   * @param end how the run ended, where it may be resumed
   * @return the run that it goes on with
   */
  Optional<RunRef> next(RunRef run, Optional<RunEnd> end, Consumer<String> warnings) {
    relaunches++;
    if (end.filter(ended -> mayResume(run, ended, warnings)).isPresent()) {
      return Optional.of(run);
    }
    fresh++;
    return Optional.empty();
  }

  /** A run is resumed only while its work directory still holds what succeeded. */
  private boolean mayResume(RunRef run, RunEnd end, Consumer<String> warnings) {
    if (!request.onFailure().resume() || !end.canBeResumed()) {
      return false;
    }
    String workDir = end.seen().workDir().orElse("");
    if (!workDir.startsWith("s3://")) {
      return true;
    }
    boolean there =
        stub(
                TransferActivities.class,
                ActivityPolicy.quick(TaskQueues.S3, "look for " + run.runName() + "'s work"))
            .holdsObjects(new S3Uri(workDir));
    if (!there) {
      warnings.accept(
          "the work directory of "
              + run.runName()
              + ", "
              + workDir
              + ", is empty, so it was run again in full instead of resumed");
    }
    return there;
  }

  int relaunches() {
    return relaunches;
  }

  /** The key of the first launch. */
  Optional<RunKey> firstKey() {
    return keys.stream().findFirst();
  }

  RunKey key() {
    String scope = round.settings().scoped(round.spec().businessKey());
    return round.spec().runKey(scope, index, round.claim().generation(), fresh);
  }

  String runName() {
    return RoundTripSpec.runName(request.name(), key(), relaunches - fresh);
  }

  String outdir() {
    return askedOutdir().orElseGet(() -> round.spec().outdir(key()).value());
  }

  /** Where the request itself says that the outputs go. */
  Optional<String> askedOutdir() {
    return request.params().get("outdir") instanceof String text
            && text.startsWith("s3://")
            && !text.contains("${")
        ? Optional.of(new S3Uri(text).asFolder().value())
        : Optional.empty();
  }

  /**
   * The first launch into a directory that the request names itself: what was there before is not
   * this run's.
   *
   * @param told the run's report, maybe of an earlier generation
   */
  Optional<FirstLaunch> first(Map<String, Object> told, String outdir) {
    return askedOutdir().isPresent()
            && told.get(KEY) instanceof String key
            && told.get("generation") instanceof Number generation
        ? Optional.of(
            new FirstLaunch(
                new S3Uri(outdir),
                new Claim(
                    round.claim().businessKey(), generation.intValue(), round.claim().holder()),
                request.name(),
                new RunKey(key)))
        : Optional.empty();
  }

  /** Keeps for good why the run ended, before the next one begins. */
  void record(RunRef run, Map<String, Object> report) {
    stub(
            LedgerActivities.class,
            ActivityPolicy.quick(TaskQueues.S3, "record how " + run.runName() + " ended"))
        .recordOutcome(round.claim(), request.name() + "." + key() + ".r" + relaunches, report);
  }

  /**
   * Submits, or adopts what is there.
   *
   * @param resume the run that this one goes on with
   */
  Launched launch(
      Map<String, Object> params, Map<String, String> placeholders, Optional<RunRef> resume) {
    while (true) {
      if (!keys.contains(key())) {
        keys.add(key());
      }
      Map<String, String> values = new TreeMap<>(placeholders);
      values.put(Placeholders.OWN_OUTDIR, outdir());
      try {
        RunRef run = ensure(launchRequest(params, values, resume));
        return new Launched(Optional.of(run), false, "");
      } catch (ActivityFailure failure) {
        if (CancellationScope.current().isCancelRequested()
            || kindOf(failure) != FailureKind.RUN_STUCK) {
          throw failure;
        }
        Optional<Launched> decided = afterStuck(reason(failure));
        if (decided.isPresent()) {
          return decided.get();
        }
      }
    }
  }

  private RunRef ensure(LaunchRequest launch) {
    unclear.add(launch.key());
    RunRef run =
        round
            .operator()
            .repairable(
                stage,
                () ->
                    stub(
                            TowerActivities.class,
                            ActivityPolicy.submit(TaskQueues.SEQERA, "launch " + launch.runName()))
                        .ensureRun(launch));
    unclear.remove(launch.key());
    return run;
  }

  /** What an operator decides of a launch that nobody can tell of; empty to launch again. */
  private Optional<Launched> afterStuck(String reason) {
    Decision decision =
        round.operator().await(stage, reason + "; adopt its run, retry (a new run), or skip");
    if (decision.word() == Word.ADOPT) {
      return find(decision.text()).map(run -> new Launched(Optional.of(run), !owns(run), ""));
    }
    if (decision.word() == Word.RETRY) {
      fresh++;
      return Optional.empty();
    }
    return Optional.of(new Launched(Optional.empty(), false, decision.text()));
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

  /** Whether a run carries a key of this step. */
  boolean owns(RunRef run) {
    return keys.stream().anyMatch(key -> run.runName().contains("-" + key));
  }

  /** A run by the platform's own id. */
  Optional<RunRef> find(String externalId) {
    return stub(
            TowerActivities.class, ActivityPolicy.quick(TaskQueues.SEQERA, "find " + externalId))
        .findById(round.spec().request().control().connection(), target.workspaceId(), externalId);
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
                  unclear.contains(key)));
    }
    return cancelled;
  }
}
