package io.towpath.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.connections.Examined;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.ledger.Refusal;
import io.towpath.workflows.model.S3Uri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The create-only ledger below one S3 prefix: every entry is written once and read by its own name,
 * so that neither a race nor a late listing can hide one.
 */
public final class Ledger implements Examined {
  private final CreateOnlyStore store;
  private final LedgerPaths paths;

  /** A ledger below {@code root} ({@code TOWPATH_LEDGER}). */
  public Ledger(S3Clients s3, S3Uri root) {
    this.store = new CreateOnlyStore(s3);
    this.paths = new LedgerPaths(root);
  }

  /**
   * Refuses a store that overwrites in spite of {@code If-None-Match: *}; asked at the worker's
   * start and by {@code doctor}.
   */
  public void probe() {
    store.probe(paths.probe());
  }

  @Override
  public Set<String> names() {
    return Set.of("default");
  }

  /** Writes, reads and lists below {@code probe/}, as nothing else shows whether it may. */
  @Override
  public Findings examine(String connection) {
    probe();
    store.names(paths.probe().resolve(""));
    return Findings.of("keeps a first write, is read and listed, at " + place());
  }

  /** Where the ledger lies, for people. */
  String place() {
    return paths.probe().resolve("").value().replaceFirst("probe/$", "");
  }

  /** An entry of the claim of a generation. */
  record ClaimEntry(String digest, Map<String, Object> resolved, Holder holder, String at) {}

  /** An entry of a take-over. */
  record HolderEntry(Holder holder, String at) {}

  /** An entry of an intent or an external id. */
  record EffectEntry(
      String step, String key, String by, int holder, Optional<String> externalId, String at) {}

  /** An entry of an outcome or a result. */
  record ReportEntry(int holder, Map<String, Object> report, String at) {}

  /** An entry of a scan that did not start a key. */
  record RefusalEntry(String message, String by, String at) {}

  Optional<Generation> newest(String businessKey) {
    Optional<ClaimEntry> claim = Optional.empty();
    int number = 0;
    for (; ; number++) {
      Optional<JsonNode> next = store.read(paths.claim(businessKey, number + 1));
      if (next.isEmpty()) {
        break;
      }
      claim = Optional.of(as(ClaimEntry.class, next.get()));
    }
    if (claim.isEmpty()) {
      return Optional.empty();
    }
    ClaimEntry entry = claim.get();
    return Optional.of(
        new Generation(
            businessKey,
            number,
            entry.digest(),
            entry.resolved(),
            holders(businessKey, number, entry.holder()),
            result(businessKey, number)));
  }

  /** Opens a generation; false when somebody else did. */
  boolean open(String businessKey, int number, ClaimEntry entry) {
    return store.create(paths.claim(businessKey, number), entry).own();
  }

  /** Writes the next holder; false when somebody else did. */
  boolean takeOver(Claim next, Holder holder) {
    return store
        .create(
            paths.holder(next.businessKey(), next.generation(), next.holder()),
            new HolderEntry(holder, now()))
        .own();
  }

  /**
   * Fails with {@code CLAIM_LOST} when somebody else holds the generation. Who opens the next one
   * takes this one over first, so one entry tells of both.
   */
  void requireHeld(Claim claim) {
    if (store.exists(paths.holder(claim.businessKey(), claim.generation(), claim.holder() + 1))) {
      throw lost(claim);
    }
  }

  Optional<Map<String, Object>> outcome(String businessKey, int generation, String step) {
    return report(paths.outcome(businessKey, generation, step));
  }

  Optional<Map<String, Object>> result(String businessKey, int generation) {
    return report(paths.result(businessKey, generation));
  }

  Map<String, Object> recordOutcome(Claim claim, String step, Map<String, Object> outcome) {
    return record(claim, paths.outcome(claim.businessKey(), claim.generation(), step), outcome);
  }

  /** The same without a fence and without a holder. */
  void noteOutcome(String businessKey, int generation, String step, Map<String, Object> outcome) {
    store.create(paths.outcome(businessKey, generation, step), new ReportEntry(0, outcome, now()));
  }

  Map<String, Object> recordResult(Claim claim, Map<String, Object> report) {
    return record(claim, paths.result(claim.businessKey(), claim.generation()), report);
  }

  /** Notes a refusal, once; whether the entry that lies there is by the same scan. */
  boolean refuse(String businessKey, Refusal refusal) {
    RefusalEntry entry = new RefusalEntry(refusal.message(), refusal.by(), now());
    JsonNode stored = store.create(paths.refused(businessKey), entry).body();
    return as(RefusalEntry.class, stored).by().equals(refusal.by());
  }

  /** Names of all entries of a key, oldest first. */
  List<String> entries(String businessKey) {
    S3Uri generations = paths.generations(businessKey);
    int folder = generations.key().length() - 1;
    return store
        .list(generations)
        .filter(o -> LedgerPaths.generationOf(o.key().substring(folder)).isPresent())
        .sorted(Comparator.comparing(S3Object::lastModified).thenComparing(S3Object::key))
        .map(o -> o.key().substring(folder))
        .toList();
  }

  CreateOnlyStore store() {
    return store;
  }

  LedgerPaths paths() {
    return paths;
  }

  static String now() {
    return Instant.now().toString();
  }

  private Map<String, Object> record(Claim claim, S3Uri where, Map<String, Object> report) {
    Optional<Map<String, Object>> recorded = report(where);
    if (recorded.isPresent()) {
      return recorded.get();
    }
    requireHeld(claim);
    JsonNode stored = store.create(where, new ReportEntry(claim.holder(), report, now())).body();
    return as(ReportEntry.class, stored).report();
  }

  private Optional<Map<String, Object>> report(S3Uri where) {
    return store.read(where).map(node -> as(ReportEntry.class, node).report());
  }

  private List<Holder> holders(String businessKey, int generation, Holder first) {
    List<Holder> holders = new ArrayList<>(List.of(first));
    while (true) {
      Optional<JsonNode> next =
          store.read(paths.holder(businessKey, generation, holders.size() + 1));
      if (next.isEmpty()) {
        return holders;
      }
      holders.add(as(HolderEntry.class, next.get()).holder());
    }
  }

  private static <T> T as(Class<T> type, JsonNode node) {
    try {
      return S3Documents.JSON.treeToValue(node, type);
    } catch (JsonProcessingException e) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "an entry of the ledger is not a " + type.getSimpleName() + ": was it edited by hand?",
          0,
          Optional.empty(),
          e);
    }
  }

  private static PlatformException lost(Claim claim) {
    return new PlatformException(
        FailureKind.CLAIM_LOST,
        claim.businessKey()
            + " (generation "
            + claim.generation()
            + ", holder "
            + claim.holder()
            + ") is no longer this run's: another run took it over or opened the next generation");
  }
}
