package io.towpath.workflows.tower;

import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One launch under one operation key.
 *
 * @param connection name of the Seqera connection on the worker
 * @param claim the claim under which the launch is made; checked directly before sending
 * @param step the run's name in the request; names the intent in the ledger
 * @param key operation key
 * @param runName {@code <slug>-<key>[-rN]}, legal for Nextflow (at most 80 characters)
 * @param target what to run and where
 * @param options what else the request says, passed on as it is
 * @param resume the failed run to go on from; empty for a fresh launch
 * @param moves whether a resumed run goes to the target's environment instead of the failed one's
 */
public record LaunchRequest(
    String connection,
    Claim claim,
    String step,
    RunKey key,
    String runName,
    ResolvedRun target,
    Options options,
    Optional<RunRef> resume,
    boolean moves) {

  /**
   * The parts of a launch that Towpath passes through.
   *
   * @param params pipeline parameters with every placeholder filled in
   * @param profiles Nextflow profiles
   * @param configText Nextflow configuration, reaches the platform unchanged
   * @param preRunScript runs before Nextflow, after the environment's own
   * @param entryName entry workflow
   * @param workspaceSecrets names of secrets that the workspace holds
   */
  public record Options(
      Map<String, Object> params,
      List<String> profiles,
      Optional<String> configText,
      Optional<String> preRunScript,
      Optional<String> entryName,
      List<String> workspaceSecrets) {
    public Options {
      params = new java.util.TreeMap<>(params);
      profiles = profiles == null ? List.of() : List.copyOf(profiles);
      workspaceSecrets = workspaceSecrets == null ? List.of() : List.copyOf(workspaceSecrets);
    }
  }
}
