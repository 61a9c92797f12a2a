package io.towpath.proof.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one cell left: one line of {@code cells.jsonl}.
 *
 * @param kind what was done to the work: undisturbed, fault, kill, crash, pair, race, cancel
 * @param etl the kind of work
 * @param cell its name, which a search in the build's output finds
 * @param strikes what struck it, each as platform or activity, call and fault
 * @param seed that made it, where a seed did
 * @param passed whether every rule held, and the work came to what undisturbed work comes to
 * @param rules what came of each rule: held, violated or n/a, and after a colon why
 * @param doublesMade platform runs beyond those asked for, all of them cancelled where it passed
 * @param calls that were to change something
 * @param undisturbed how many of them the same work makes undisturbed; 0 where it is not known
 * @param standstill where a worker was struck and that was measured
 */
record CellRecord(
    String kind,
    String etl,
    String cell,
    List<String> strikes,
    Optional<Long> seed,
    boolean passed,
    Map<String, String> rules,
    int doublesMade,
    int calls,
    int undisturbed,
    Optional<Standstill> standstill,
    long millis) {
  /** How long nothing was to be changed after a worker was struck, and bytes sent twice to S3. */
  record Standstill(long millis, long bytesTwice) {
    static Optional<Standstill> of(JsonNode line) {
      return line.has("pauseMillis")
          ? Optional.of(
              new Standstill(line.path("pauseMillis").asLong(), line.path("bytesTwice").asLong()))
          : Optional.empty();
    }
  }

  /** Something that struck a cell: a platform with its fault, or an activity with its death. */
  record Strike(String where, String what) {}

  static CellRecord of(JsonNode line) {
    List<String> strikes = new ArrayList<>();
    line.path("strikes").forEach(strike -> strikes.add(strike.asText()));
    Map<String, String> rules = new TreeMap<>();
    line.path("rules")
        .properties()
        .forEach(rule -> rules.put(rule.getKey(), rule.getValue().asText()));
    return new CellRecord(
        line.path("kind").asText(),
        line.path("etl").asText(),
        line.path("cell").asText(),
        List.copyOf(strikes),
        line.hasNonNull("seed") ? Optional.of(line.path("seed").asLong()) : Optional.empty(),
        line.path("passed").asBoolean(),
        rules,
        line.path("doublesMade").asInt(),
        line.path("calls").asInt(),
        line.path("undisturbed").asInt(),
        Standstill.of(line),
        line.path("millis").asLong());
  }

  /** Its strikes without the number of the call: a fault is the last word, a death has none. */
  List<Strike> struck() {
    return strikes.stream().map(this::strike).toList();
  }

  private Strike strike(String told) {
    return kind.equals("fault") || kind.equals("pair")
        ? new Strike(told.replaceFirst(" .*", ""), told.substring(told.lastIndexOf(' ') + 1))
        : new Strike(told.replaceFirst(": .*", ""), kind);
  }

  /** Rules that did not hold, with how. */
  Map<String, String> violated() {
    Map<String, String> violated = new TreeMap<>(rules);
    violated.values().removeIf(outcome -> !outcome.startsWith("violated"));
    return violated;
  }
}
