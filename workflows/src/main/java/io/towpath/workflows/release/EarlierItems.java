package io.towpath.workflows.release;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Items that earlier generations of this release did, as the ledger keeps them: by step, its
 * effect's digest and the names of those that succeeded.
 */
final class EarlierItems {
  /** The step of the ledger under which they are kept. */
  static final String STEP = "items";

  private final ReleaseSpec spec;
  private final Map<String, List<String>> done;

  private EarlierItems(ReleaseSpec spec, Map<String, List<String>> done) {
    this.spec = spec;
    this.done = done;
  }

  static EarlierItems none(ReleaseSpec spec) {
    return new EarlierItems(spec, Map.of());
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
    return new EarlierItems(spec, done);
  }

  /** Whether this very item was done: another image, configuration or command is other work. */
  boolean succeeded(StepRequest step, String item) {
    return done.getOrDefault(key(spec, step), List.of()).contains(item);
  }

  /** What is done by now, to be kept for the next generation; also steps that never began. */
  Map<String, Object> record(Map<StepRequest, StepRun> steps) {
    Map<String, Object> recorded = new TreeMap<>();
    for (StepRequest step : spec.request().steps()) {
      String key = key(spec, step);
      StepRun run = steps.get(step);
      recorded.put(
          key,
          run == null
              ? done.getOrDefault(key, List.of())
              : run.ends().stream().filter(ItemEnd::well).map(ItemEnd::item).toList());
    }
    return recorded;
  }

  private static String key(ReleaseSpec spec, StepRequest step) {
    return step.name() + " " + spec.effectOf(step, "").value();
  }
}
