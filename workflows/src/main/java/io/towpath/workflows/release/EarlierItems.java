package io.towpath.workflows.release;

import static io.towpath.workflows.progress.Operator.stub;

import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.ledger.Rerun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Items that this release did before this run, as the ledger keeps them: by step, its effect's
 * digest and the names of those that succeeded. What they came to is kept with them.
 */
final class EarlierItems {
  /** The step of the ledger under which they are kept. */
  static final String STEP = "items";

  /** The same of what a generation found when it began, for whoever takes over from its holder. */
  static final String BEFORE = "items-before";

  private static final String RELEASED = "released";
  private static final String REQUEST = "request";

  private final ReleaseSpec spec;
  private final Map<String, List<String>> done;
  private final Optional<RecordedRelease> released;

  private EarlierItems(
      ReleaseSpec spec, Map<String, List<String>> done, Optional<RecordedRelease> released) {
    this.spec = spec;
    this.done = done;
    this.released = released;
  }

  static EarlierItems none(ReleaseSpec spec) {
    return new EarlierItems(spec, Map.of(), Optional.empty());
  }

  /**
   * What generations before did, unless everything was asked for again. A generation goes on with
   * what its first holder found or did, whoever holds it: what was begun under it must be looked
   * after.
   */
  static EarlierItems of(ClaimedRun<ReleaseSpec> run) {
    Claim claim = run.claim();
    String key = claim.businessKey();
    LedgerActivities ledger =
        stub(LedgerActivities.class, ActivityPolicy.quick(TaskQueues.S3, "read what was done"));
    Optional<Map<String, Object>> kept = Optional.empty();
    if (claim.holder() > 1) {
      kept =
          ledger
              .outcome(key, claim.generation(), STEP)
              .or(() -> ledger.outcome(key, claim.generation(), BEFORE));
    }
    if (kept.isEmpty() && claim.generation() > 1 && run.spec().control().rerun() != Rerun.ALWAYS) {
      kept = ledger.newestOutcome(key, STEP);
    }
    return kept.map(done -> read(run.spec(), done)).orElseGet(() -> none(run.spec()));
  }

  /** Reads what {@link #record} wrote. */
  static EarlierItems read(ReleaseSpec spec, Map<String, Object> recorded) {
    Map<String, List<String>> done = new TreeMap<>();
    recorded.forEach(
        (key, names) -> {
          if (names instanceof List<?> list) {
            done.put(key, list.stream().map(String::valueOf).toList());
          }
        });
    boolean same = spec.digest().value().equals(recorded.get(REQUEST));
    return new EarlierItems(
        spec,
        done,
        same && recorded.get(RELEASED) instanceof Map<?, ?> kept
            ? Optional.of(RecordedRelease.read(kept))
            : Optional.empty());
  }

  /**
   * What this very request was checked and recorded as, with nothing run since. It may have been
   * approved and promoted in part, so that it is never made anew.
   */
  Optional<RecordedRelease> released() {
    return released;
  }

  /** The items by step, to be read again. */
  Map<String, Object> items() {
    return new TreeMap<>(done);
  }

  /** Whether this very item was done: another image, configuration or command is other work. */
  boolean succeeded(StepRequest step, String item) {
    return done.getOrDefault(key(spec, step), List.of()).contains(item);
  }

  /**
   * What is done by now, to be kept for whoever comes next; also steps that never began, unless
   * something ran that they need.
   *
   * @param passed what all of it was recorded as
   */
  Map<String, Object> record(Steps steps, Optional<RecordedRelease> passed) {
    Map<String, Object> recorded = new TreeMap<>();
    passed.ifPresent(
        one -> {
          recorded.put(RELEASED, one.json());
          recorded.put(REQUEST, spec.digest().value());
        });
    for (StepRequest step : spec.request().steps()) {
      String key = key(spec, step);
      StepRun run = steps.runs().get(step);
      List<String> before = steps.outdated(step) ? List.of() : done.getOrDefault(key, List.of());
      recorded.put(
          key,
          run == null
              ? before
              : run.ends().stream().filter(ItemEnd::well).map(ItemEnd::item).toList());
    }
    return recorded;
  }

  private static String key(ReleaseSpec spec, StepRequest step) {
    return step.name() + " " + spec.effectOf(step, "").value();
  }
}
