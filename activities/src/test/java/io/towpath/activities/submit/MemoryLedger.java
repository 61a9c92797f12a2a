package io.towpath.activities.submit;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A ledger that counts what it is told. */
public final class MemoryLedger implements SubmitLedger {
  private final Map<String, List<Intent>> intents = new HashMap<>();
  private final Map<String, String> ids = new HashMap<>();
  private final Set<String> refusals = new HashSet<>();
  private boolean held = true;
  private Runnable atIntent = () -> {};

  /** From now on the claim is another's. */
  public synchronized void loseClaim() {
    held = false;
  }

  /** Runs once, directly before the next intent is written. */
  public synchronized void beforeNextIntent(Runnable action) {
    atIntent = action;
  }

  /** An earlier attempt noted an intent this long ago, and died. */
  public synchronized void orphan(Claim claim, String step, RunKey key, Duration ago) {
    List<Intent> of = of(claim, step, key);
    of.add(new Intent(of.size() + 1, Instant.now().minus(ago)));
  }

  public synchronized int intentCount() {
    return intents.values().stream().mapToInt(List::size).sum();
  }

  public synchronized List<String> recordedIds() {
    return List.copyOf(ids.values());
  }

  @Override
  public synchronized void requireHeld(Claim claim) {
    if (!held) {
      throw new PlatformException(FailureKind.CLAIM_LOST, "the claim is another's");
    }
  }

  @Override
  public synchronized List<Intent> intents(Claim claim, String step, RunKey key) {
    return List.copyOf(of(claim, step, key));
  }

  @Override
  public synchronized boolean writeIntent(Claim claim, String step, RunKey key, int number) {
    Runnable action = atIntent;
    atIntent = () -> {};
    action.run();
    List<Intent> of = of(claim, step, key);
    if (number <= of.size()) {
      return false;
    }
    of.add(new Intent(number, Instant.now()));
    return true;
  }

  @Override
  public synchronized boolean idRecorded(Claim claim, String step, RunKey key) {
    return ids.containsKey(name(claim, step, key));
  }

  @Override
  public synchronized Optional<String> recordedId(Claim claim, String step, RunKey key) {
    return Optional.ofNullable(ids.get(name(claim, step, key)));
  }

  @Override
  public synchronized void recordId(Claim claim, String step, RunKey key, String externalId) {
    ids.putIfAbsent(name(claim, step, key), externalId);
  }

  @Override
  public synchronized void noteRefusal(Claim claim, String step, RunKey key, int number) {
    refusals.add(name(claim, step, key) + "/" + number);
  }

  @Override
  public synchronized boolean isRefused(Claim claim, String step, RunKey key, int number) {
    return refusals.contains(name(claim, step, key) + "/" + number);
  }

  private List<Intent> of(Claim claim, String step, RunKey key) {
    return intents.computeIfAbsent(name(claim, step, key), unused -> new ArrayList<>());
  }

  private static String name(Claim claim, String step, RunKey key) {
    return claim.businessKey() + "/" + claim.generation() + "/" + step + "/" + key;
  }
}
