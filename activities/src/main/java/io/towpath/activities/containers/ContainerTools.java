package io.towpath.activities.containers;

import io.towpath.activities.config.KnownSecrets;
import io.towpath.activities.poll.PollMemory;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.Outcomes;
import io.towpath.activities.submit.Settle;
import io.towpath.activities.submit.SubmitLedger;
import java.time.Duration;
import java.util.Map;

/**
 * What the adapter works with besides its executors.
 *
 * @param documents where logs go
 * @param ledger fence and memory of what may have been sent
 * @param outcomes memory of how containers ended
 * @param settle how long an unclear outcome is looked up again ({@code TOWPATH_SETTLE})
 * @param pollFloor shortest polling interval
 * @param memory where a wait keeps its state between attempts
 * @param credentials the worker's own
 * @param secrets what the worker gives to containers
 */
public record ContainerTools(
    S3Documents documents,
    SubmitLedger ledger,
    Outcomes outcomes,
    Settle settle,
    Duration pollFloor,
    PollMemory memory,
    KnownSecrets credentials,
    WorkerSecrets secrets) {

  /** What a container with these secrets must not be quoted with. */
  KnownSecrets known(Map<String, String> given) {
    return credentials.and(secrets.known(given));
  }
}
