package io.towpath.workflows;

/**
 * What a worker's settings mean for a run. Recorded in the run's history at its start, so that a
 * worker with other settings cannot change a run that is under way.
 *
 * @param scope goes into every operation key; empty where one ledger serves the platform account
 * @param searchAttributes whether the server knows our search attributes; upserts are left out if
 *     not
 * @param settleMillis how long a run's outputs may still appear once it has ended
 */
public record RunSettings(String scope, boolean searchAttributes, long settleMillis) {
  /** The business key as operation keys are scoped. */
  public String scoped(String businessKey) {
    return scope.isEmpty() ? businessKey : scope + "/" + businessKey;
  }
}
