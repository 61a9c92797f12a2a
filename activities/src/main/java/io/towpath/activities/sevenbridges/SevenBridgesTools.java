package io.towpath.activities.sevenbridges;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.poll.PollMemory;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.Attempt;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.activities.submit.SubmitOnce;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What the adapter works with besides its accounts.
 *
 * @param documents pages of JSON lines in S3
 * @param ledger fence and memory of what may have been sent
 * @param pages runs several calls at a time
 * @param claims what other open claims of a project want
 * @param attempts the attempt that a method is called in, {@code Attempt::ofActivity} in a worker
 * @param settle how long an unclear outcome is looked up again ({@code TOWPATH_SETTLE})
 * @param pollFloor shortest polling interval
 * @param memory where a wait keeps its state between attempts
 */
public record SevenBridgesTools(
    S3Documents documents,
    SubmitLedger ledger,
    PageRunner pages,
    OpenClaims claims,
    Supplier<Attempt> attempts,
    Duration settle,
    Duration pollFloor,
    PollMemory memory) {

  /** Makes effects in this attempt. */
  SubmitOnce submit(Attempt attempt) {
    return new SubmitOnce(ledger, attempt.settle(settle));
  }
}
