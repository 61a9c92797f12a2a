package io.towpath.workflows.tower;

import io.temporal.activity.ActivityInterface;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import java.util.List;
import java.util.Optional;

/** Runs Nextflow pipelines in one Seqera Platform (Nextflow Tower) workspace. */
@ActivityInterface(namePrefix = "Tower")
public interface TowerActivities {
  /**
   * Turns what the request says into what the platform will use: workspace, compute environment,
   * normalised pipeline and commit. Read-only; lists every problem instead of failing on the first.
   */
  ResolvedRun resolve(RunSpec spec);

  /**
   * Returns the run that carries {@code request.runName()}, submitting it only if none exists
   * ({@code SubmitOnce}). Safe to retry. Fails with {@code INPUT_REJECTED} if the platform refuses
   * the request, and with {@code RUN_STUCK} if the platform cannot tell any more whether it was
   * submitted.
   */
  RunRef ensureRun(LaunchRequest request);

  /**
   * Waits for news of a run. Each attempt asks once; while there is none it fails with {@code
   * STILL_RUNNING}, and Temporal repeats it: the wait holds no thread and adds nothing to history.
   * Returns when the run ended, or when its attention differs from {@code request.known()}.
   */
  RunObservation awaitRun(AwaitRun request);

  /** Asks once, without waiting. */
  RunObservation checkRun(AwaitRun request);

  /**
   * Takes leave of a run that ended: a last full look for other runs with its name keeps one,
   * cancels the others and waits until they are terminal; then statistics, failed tasks with the
   * tails of their logs, and the watch URL are collected. Safe to retry.
   */
  EndedRun endRun(RunRef run, Claim claim);

  /**
   * The evidence of a run that an operator named and that is not ours: other runs of its name are
   * other people's, and left alone. Safe to retry.
   */
  EndedRun endForeignRun(RunRef run);

  /**
   * A run that ended.
   *
   * @param doubles runs of the same name that were cancelled
   */
  record EndedRun(RunEvidence evidence, List<RunRef> doubles) {
    public EndedRun {
      doubles = doubles == null ? List.of() : List.copyOf(doubles);
    }
  }

  /**
   * Cancels every run that carries the key, relaunches included, also when its id never came back,
   * and waits until they are terminal. Safe to retry; a finished run is left as it is.
   *
   * @param unclear whether a send of this key may still be under way, so that what turns up later
   *     must be looked for ({@code max(3 x settle, call time-out)})
   */
  List<RunRef> cancelByKey(String connection, long workspaceId, RunKey key, boolean unclear);

  /** The run with this platform id, when an operator adopts it; empty when there is none. */
  Optional<RunRef> findById(String connection, long workspaceId, String workflowId);
}
