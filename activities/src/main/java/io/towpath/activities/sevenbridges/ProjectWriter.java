package io.towpath.activities.sevenbridges;

import io.towpath.activities.submit.Attempt;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.ledger.Claim;

/** One attempt of one claim to write in projects. */
record ProjectWriter(
    Claim claim,
    SevenBridgesClient client,
    NamedFiles files,
    SubmitOnce submit,
    SubmitLedger ledger,
    Attempt attempt) {

  static ProjectWriter of(SevenBridgesTools tools, SevenBridgesAccount account, Claim claim) {
    Attempt attempt = tools.attempts().get();
    return new ProjectWriter(
        claim,
        account.client(),
        new NamedFiles(account.client(), attempt::heartbeat),
        tools.submit(attempt),
        tools.ledger(),
        attempt);
  }
}
