package io.towpath.activities.ledger;

import io.towpath.activities.submit.Outcomes;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** What may have been sent, and what came of it. */
public final class LedgerEffects implements SubmitLedger, Outcomes {
  private static final Duration LATELY = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final EffectPaths paths;
  private final Map<Claim, Long> seenHeld = new ConcurrentHashMap<>();

  /** Remembers effects in the claim's generation. */
  public LedgerEffects(Ledger ledger) {
    this(ledger, ledger.paths());
  }

  private LedgerEffects(Ledger ledger, EffectPaths paths) {
    this.ledger = ledger;
    this.paths = paths;
  }

  /**
   * Remembers mints for a dataset, whoever made them: the step is {@code <dataset>/<digest of the
   * object>}, and names the entry {@code mint/<dataset>/<digest>}.
   */
  public static LedgerEffects ofMints(Ledger ledger) {
    return new LedgerEffects(ledger, ledger.paths().mints());
  }

  @Override
  public void requireHeld(Claim claim) {
    ledger.requireHeld(claim);
  }

  @Override
  public void requireHeldLately(Claim claim) {
    long now = System.nanoTime();
    Long seen = seenHeld.get(claim);
    if (seen == null || now - seen > LATELY.toNanos()) {
      ledger.requireHeld(claim);
      seenHeld.values().removeIf(at -> now - at > LATELY.toNanos());
      seenHeld.put(claim, now);
    }
  }

  @Override
  public List<Intent> intents(Claim claim, String step, RunKey key) {
    List<Intent> intents = new ArrayList<>();
    while (true) {
      int number = intents.size() + 1;
      Optional<Instant> writtenAt =
          ledger.store().writtenAt(paths.intent(claim, step, key, number));
      if (writtenAt.isEmpty()) {
        return intents;
      }
      intents.add(new Intent(number, writtenAt.get()));
    }
  }

  @Override
  public boolean writeIntent(Claim claim, String step, RunKey key, int number) {
    return ledger
        .store()
        .create(paths.intent(claim, step, key, number), entry(claim, step, key, Optional.empty()))
        .own();
  }

  @Override
  public boolean idRecorded(Claim claim, String step, RunKey key) {
    return ledger.store().exists(paths.id(claim, step, key));
  }

  @Override
  public Optional<String> recordedId(Claim claim, String step, RunKey key) {
    return ledger
        .store()
        .read(paths.id(claim, step, key))
        .map(entry -> entry.path("externalId").asText(""))
        .filter(external -> !external.isEmpty());
  }

  @Override
  public void recordId(Claim claim, String step, RunKey key, String externalId) {
    ledger
        .store()
        .create(paths.id(claim, step, key), entry(claim, step, key, Optional.of(externalId)));
  }

  @Override
  public void noteRefusal(Claim claim, String step, RunKey key, int number) {
    ledger
        .store()
        .create(refusal(claim, step, key, number), entry(claim, step, key, Optional.empty()));
  }

  @Override
  public boolean isRefused(Claim claim, String step, RunKey key, int number) {
    return ledger.store().exists(refusal(claim, step, key, number));
  }

  @Override
  public OptionalInt newest(String businessKey) {
    return ledger
        .newest(businessKey)
        .map(generation -> OptionalInt.of(generation.number()))
        .orElseGet(OptionalInt::empty);
  }

  @Override
  public List<Begun> begun(String businessKey, int generation) {
    Map<RunKey, Boolean> made = new LinkedHashMap<>();
    for (String entry : ledger.entries(businessKey)) {
      if (entry.startsWith("g" + generation + "/")) {
        LedgerPaths.keyOfIntent(entry).ifPresent(key -> made.putIfAbsent(key, false));
        LedgerPaths.keyOfId(entry).ifPresent(key -> made.put(key, true));
      }
    }
    List<Begun> begun = new ArrayList<>();
    made.forEach((key, known) -> begun.add(new Begun(key, known)));
    return begun;
  }

  @Override
  public boolean succeeded(String businessKey, int generation) {
    return ledger.result(businessKey, generation).filter(ClaimRules::succeeded).isPresent();
  }

  @Override
  public Optional<Map<String, Object>> outcome(String businessKey, int generation, String step) {
    return ledger.outcome(businessKey, generation, step);
  }

  @Override
  public void note(String businessKey, int generation, String step, Map<String, Object> outcome) {
    ledger.noteOutcome(businessKey, generation, step, outcome);
  }

  @Override
  public Map<String, Object> recordOutcome(Claim claim, String step, Map<String, Object> outcome) {
    return ledger.recordOutcome(claim, step, outcome);
  }

  private S3Uri refusal(Claim claim, String step, RunKey key, int number) {
    return new S3Uri(paths.intent(claim, step, key, number) + "." + LedgerPaths.REFUSED);
  }

  private static Ledger.EffectEntry entry(
      Claim claim, String step, RunKey key, Optional<String> externalId) {
    return new Ledger.EffectEntry(
        step,
        key.value(),
        claim.businessKey() + "/g" + claim.generation(),
        claim.holder(),
        externalId,
        Ledger.now());
  }
}
