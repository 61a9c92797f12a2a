package io.towpath.activities.transfer;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A ledger in memory whose claim can be lost, with the intents that a test gives it. */
final class FreeLedger implements SubmitLedger {
  private final Map<String, String> ids = new ConcurrentHashMap<>();
  volatile boolean lost;
  volatile List<Intent> intents = List.of();

  @Override
  public void requireHeld(Claim claim) {
    if (lost) {
      throw new PlatformException(FailureKind.CLAIM_LOST, "lost");
    }
  }

  @Override
  public List<Intent> intents(Claim claim, String step, RunKey key) {
    return intents;
  }

  @Override
  public boolean writeIntent(Claim claim, String step, RunKey key, int number) {
    throw new UnsupportedOperationException("staging needs no intents");
  }

  @Override
  public boolean idRecorded(Claim claim, String step, RunKey key) {
    return recordedId(claim, step, key).isPresent();
  }

  @Override
  public Optional<String> recordedId(Claim claim, String step, RunKey key) {
    return Optional.ofNullable(ids.get(claim.businessKey() + step + key));
  }

  @Override
  public void recordId(Claim claim, String step, RunKey key, String externalId) {
    ids.putIfAbsent(claim.businessKey() + step + key, externalId);
  }
}
