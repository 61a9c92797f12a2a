package io.towpath.workflows.release;

import static io.towpath.workflows.progress.Operator.stub;

import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.ledger.Rerun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Items that this release did before this run, as the ledger keeps them: by step, its effect's
 * digest and the names of those that succeeded. What they came to is kept with them.
 */
final class EarlierItems {
  /** The step of the ledger under which the first holder of a generation keeps them. */
  private static final String STEP = "items";

  /** The same of what a generation found when it began, for whoever takes over from its holder. */
  static final String BEFORE = "items-before";

  private static final String RELEASED = "released";
  private static final String REQUEST = "request";
  private static final String GENERATION = "generation";

  private final ReleaseSpec spec;
  private final Map<String, List<String>> done;
  private final Optional<RecordedRelease> released;
  private final int notes;

  private EarlierItems(
      ReleaseSpec spec,
      Map<String, List<String>> done,
      Optional<RecordedRelease> released,
      int notes) {
    this.spec = spec;
    this.done = done;
    this.released = released;
    this.notes = notes;
  }

  static EarlierItems none(ReleaseSpec spec) {
    return new EarlierItems(spec, Map.of(), Optional.empty(), 0);
  }

  /**
   * What generations before did, unless everything was asked for again. A generation goes on with
   * what its holders before found or did: what was begun under it must be looked after.
   */
  static EarlierItems of(ClaimedRun<ReleaseSpec> run) {
    Claim claim = run.claim();
    ReleaseSpec spec = run.spec();
    LedgerActivities ledger =
        stub(LedgerActivities.class, ActivityPolicy.quick(TaskQueues.S3, "read what was done"));
    List<Map<String, Object>> own = new ArrayList<>();
    if (claim.holder() > 1) {
      own = notes(ledger, claim.businessKey(), claim.generation());
    }
    Optional<Map<String, Object>> kept = last(own);
    if (kept.isEmpty() && claim.holder() > 1) {
      kept = ledger.outcome(claim.businessKey(), claim.generation(), BEFORE);
    }
    if (kept.isEmpty() && claim.generation() > 1 && spec.control().rerun() != Rerun.ALWAYS) {
      kept =
          ledger
              .newestOutcome(claim.businessKey(), STEP)
              .flatMap(first -> lastBeside(ledger, claim.businessKey(), first));
    }
    EarlierItems found = kept.map(note -> read(spec, note)).orElseGet(() -> none(spec));
    return new EarlierItems(spec, found.done, found.released, own.size());
  }

  /** The last note of the generation that has this first one. */
  private static Optional<Map<String, Object>> lastBeside(
      LedgerActivities ledger, String businessKey, Map<String, Object> first) {
    return first.get(GENERATION) instanceof Number generation
        ? last(notes(ledger, businessKey, generation.intValue()))
        : Optional.of(first);
  }

  /** Nothing in the ledger is written twice: each holder that recorded something has a note. */
  private static List<Map<String, Object>> notes(
      LedgerActivities ledger, String businessKey, int generation) {
    List<Map<String, Object>> notes = new ArrayList<>();
    Optional<Map<String, Object>> next = ledger.outcome(businessKey, generation, STEP);
    while (next.isPresent()) {
      next.ifPresent(notes::add);
      next = ledger.outcome(businessKey, generation, nameAfter(notes.size()));
    }
    return notes;
  }

  private static Optional<Map<String, Object>> last(List<Map<String, Object>> notes) {
    return notes.isEmpty() ? Optional.empty() : Optional.of(notes.get(notes.size() - 1));
  }

  private static String nameAfter(int notes) {
    return notes == 0 ? STEP : STEP + "-" + (notes + 1);
  }

  /** The step of the ledger under which what is done by now is kept. */
  String note() {
    return nameAfter(notes);
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
            : Optional.empty(),
        0);
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

  /**
   * Whether this very item was done: another image, configuration or command is other work; another
   * place where the worker finds a secret is not.
   */
  boolean succeeded(StepRequest step, String item) {
    return done(step).contains(item);
  }

  /** Earlier notes tell of the step as of one whose secrets have these very references. */
  private List<String> done(StepRequest step) {
    List<String> none = List.of();
    String noted = step.name() + " " + spec.effectOf(step, "").value();
    return done.getOrDefault(key(step), done.getOrDefault(noted, none));
  }

  /**
   * What is done by now, to be kept for whoever comes next; also steps that never began, unless
   * something ran that they need.
   *
   * @param passed what all of it was recorded as
   */
  Map<String, Object> record(Claim by, Steps steps, Optional<RecordedRelease> passed) {
    Map<String, Object> recorded = new TreeMap<>();
    recorded.put(GENERATION, by.generation());
    passed.ifPresent(
        one -> {
          recorded.put(RELEASED, one.json());
          recorded.put(REQUEST, spec.digest().value());
        });
    for (StepRequest step : spec.request().steps()) {
      StepRun run = steps.runs().get(step);
      List<String> before = steps.outdated(step) ? List.of() : done(step);
      recorded.put(
          key(step),
          run == null
              ? before
              : run.ends().stream().filter(ItemEnd::well).map(ItemEnd::item).toList());
    }
    return recorded;
  }

  private String key(StepRequest step) {
    return step.name() + " " + spec.workOf(step).value();
  }
}
