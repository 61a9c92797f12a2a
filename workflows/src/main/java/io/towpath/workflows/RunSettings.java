package io.towpath.workflows;

import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import java.util.List;
import java.util.Optional;

/**
 * What a worker's settings mean for a run. Recorded in the run's history at its start, so that a
 * worker with other settings cannot change a run that is under way.
 *
 * @param scope goes into every operation key; empty where one ledger serves the platform account
 * @param searchAttributes whether the server knows our search attributes; upserts are left out if
 *     not
 * @param settleMillis how long a run's outputs may still appear once it has ended
 * @param work prefix below which working lists lie for runs whose request names no bucket; empty in
 *     histories of the time before there were such runs
 * @param exposed where the request holds a credential of the worker; such a request is refused
 */
public record RunSettings(
    String scope,
    boolean searchAttributes,
    long settleMillis,
    Optional<S3Uri> work,
    List<Problem> exposed) {
  public RunSettings {
    work = work == null ? Optional.empty() : work;
    exposed = exposed == null ? List.of() : List.copyOf(exposed);
  }

  /** A name as operation keys are scoped: the business key, or what several of them share. */
  public String scoped(String name) {
    return scope.isEmpty() ? name : scope + "/" + name;
  }

  /** Where the working lists and the report of a generation lie. */
  public S3Uri work(String businessKey, int generation) {
    return work.orElseThrow().resolve(businessKey + "/g" + generation + "/");
  }
}
