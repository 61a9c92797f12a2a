package io.towpath.activities.drs;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.Attempt;
import io.towpath.activities.submit.SubmitLedger;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What the adapter works with besides its connections.
 *
 * @param documents pages of JSON lines in S3
 * @param mints fence, and memory of mints by dataset: a step is {@code <dataset>/<digest of the
 *     object>}, whatever the claim
 * @param attempts the attempt that a method is called in, {@code Attempt::ofActivity} in a worker
 * @param settle how long an unclear outcome is looked up again ({@code TOWPATH_SETTLE})
 */
public record DrsTools(
    S3Documents documents,
    SubmitLedger mints,
    PageRunner pages,
    Supplier<Attempt> attempts,
    Duration settle) {}
