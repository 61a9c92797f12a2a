package io.towpath.activities.transfer;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A ledger in memory whose claim can be lost. */
final class FreeLedger implements SubmitLedger {
  private final Set<String> ids = ConcurrentHashMap.newKeySet();
  volatile boolean lost;

  @Override
  public void requireHeld(Claim claim) {
    if (lost) {
      throw new PlatformException(FailureKind.CLAIM_LOST, "lost");
    }
  }

  @Override
  public List<Intent> intents(Claim claim, String step, RunKey key) {
    return List.of();
  }

  @Override
  public Intent writeIntent(Claim claim, String step, RunKey key) {
    throw new UnsupportedOperationException("staging needs no intents");
  }

  @Override
  public boolean idRecorded(Claim claim, String step, RunKey key) {
    return ids.contains(claim.businessKey() + step + key);
  }

  @Override
  public Optional<String> recordedId(Claim claim, String step, RunKey key) {
    throw new UnsupportedOperationException("staging reads no ids back");
  }

  @Override
  public void recordId(Claim claim, String step, RunKey key, String externalId) {
    ids.add(claim.businessKey() + step + key);
  }
}
