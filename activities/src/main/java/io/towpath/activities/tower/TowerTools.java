package io.towpath.activities.tower;

import io.towpath.activities.poll.PollMemory;
import io.towpath.activities.submit.Settle;
import io.towpath.activities.submit.SubmitLedger;
import java.time.Duration;

/**
 * What all work on Seqera is done with.
 *
 * @param ledger fence and memory of what may have been sent
 * @param settle how long an unclear outcome is looked up
 * @param pollFloor shortest polling interval
 * @param memory where a wait keeps its state between attempts
 * @param watchers who wakes a wait, so that it may ask seldom
 */
public record TowerTools(
    SubmitLedger ledger, Settle settle, Duration pollFloor, PollMemory memory, Watchers watchers) {}
