package io.towpath.proof.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.proof.check.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Counts the records; what the page shows is what this has. */
final class Figures {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Nothing seen in n trials bounds the rate, with 95 % confidence, by this many in n. */
  private static final double RULE_OF_THREE = 3;

  private final List<CellRecord> cells;

  private Figures(List<CellRecord> cells) {
    this.cells = cells;
  }

  /**
   * Everything that the page shows.
   *
   * @param run what is known of the run as a whole: mode, seed, versions
   */
  static ObjectNode of(List<CellRecord> cells, JsonNode run) {
    Figures figures = new Figures(cells);
    ObjectNode all = JSON.createObjectNode();
    all.set("run", run);
    all.set("totals", figures.totals());
    all.set("rules", figures.rules());
    all.set("work", figures.work());
    all.set("faults", figures.faults());
    all.set("deaths", figures.deaths());
    all.set("standstills", figures.standstills());
    all.set("failures", figures.failures());
    return all;
  }

  private ObjectNode totals() {
    ObjectNode totals = JSON.createObjectNode();
    totals.put("cells", cells.size());
    totals.put("passed", cells.stream().filter(CellRecord::passed).count());
    totals.put("faults", strikes("fault"));
    totals.put("kills", strikes("kill"));
    totals.put("crashes", strikes("crash"));
    totals.put("pairs", number("pair"));
    totals.put("races", number("race"));
    totals.put("cancels", number("cancel"));
    totals.put("violations", cells.stream().mapToLong(cell -> cell.violated().size()).sum());
    totals.put("doubles made", cells.stream().mapToInt(CellRecord::doublesMade).sum());
    totals.put("calls", cells.stream().mapToLong(CellRecord::calls).sum());
    totals.put("amplification", amplification());
    return totals;
  }

  /**
   * The most that any cell sent, but for one call for each strike, by what it sends undisturbed.
   */
  private double amplification() {
    return cells.stream()
        .filter(cell -> cell.undisturbed() > 0)
        .mapToDouble(cell -> (cell.calls() - cell.strikes().size()) / (double) cell.undisturbed())
        .max()
        .orElse(1);
  }

  private long number(String kind) {
    return cells.stream().filter(cell -> cell.kind().equals(kind)).count();
  }

  private long strikes(String kind) {
    return cells.stream()
        .filter(cell -> cell.kind().equals(kind))
        .mapToLong(cell -> cell.strikes().size())
        .sum();
  }

  private ArrayNode rules() {
    ArrayNode rules = JSON.createArrayNode();
    for (Rule rule : Rule.values()) {
      List<String> outcomes =
          cells.stream().map(cell -> cell.rules().getOrDefault(rule.id(), "")).toList();
      long held = outcomes.stream().filter(outcome -> outcome.startsWith("held")).count();
      long violated = outcomes.stream().filter(outcome -> outcome.startsWith("violated")).count();
      ObjectNode row = rules.addObject().put("rule", rule.id()).put("sentence", rule.sentence());
      row.put("trials", held + violated).put("violated", violated);
      if (violated == 0 && held > 0) {
        row.put("atMost", Math.min(1, RULE_OF_THREE / held));
      }
      ObjectNode reasons = row.putObject("notApplicable");
      outcomes.stream()
          .filter(outcome -> outcome.startsWith("n/a"))
          .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()))
          .forEach((outcome, times) -> reasons.put(outcome.substring("n/a: ".length()), times));
    }
    return rules;
  }

  /**
   * Cells of each kind of work and of disturbance, and how long the middle and the slowest took.
   */
  private ArrayNode work() {
    Map<String, List<CellRecord>> groups =
        cells.stream()
            .collect(
                Collectors.groupingBy(
                    cell -> cell.etl() + "\t" + cell.kind(), TreeMap::new, Collectors.toList()));
    ArrayNode work = JSON.createArrayNode();
    groups.forEach(
        (name, group) -> {
          List<Long> millis = group.stream().map(CellRecord::millis).sorted().toList();
          work.addObject()
              .put("etl", name.substring(0, name.indexOf('\t')))
              .put("kind", name.substring(name.indexOf('\t') + 1))
              .put("cells", group.size())
              .put("passed", group.stream().filter(CellRecord::passed).count())
              .put("strikes", group.stream().mapToInt(cell -> cell.strikes().size()).sum())
              .put("medianMillis", millis.get(millis.size() / 2))
              .put("slowestMillis", millis.get(millis.size() - 1));
        });
    return work;
  }

  /**
   * How often each fault struck each platform, and how often the work came to its end all right.
   */
  private ObjectNode faults() {
    return crossed(cell -> cell.kind().equals("fault") || cell.kind().equals("pair"));
  }

  /** How often an attempt of each activity died. */
  private ObjectNode deaths() {
    return crossed(
        cell ->
            cell.kind().equals("kill")
                || (cell.kind().equals("crash") && cell.standstill().isEmpty()));
  }

  /** What work loses to each thing that a worker meets, told without when it did. */
  private ArrayNode standstills() {
    Map<String, List<CellRecord>> groups =
        cells.stream()
            .filter(cell -> cell.standstill().isPresent())
            .collect(
                Collectors.groupingBy(
                    cell -> cell.strikes().get(0).replaceFirst(",? after \\d+ calls$", ""),
                    TreeMap::new,
                    Collectors.toList()));
    ArrayNode standstills = JSON.createArrayNode();
    groups.forEach(
        (what, group) -> {
          List<CellRecord.Standstill> all =
              group.stream().flatMap(cell -> cell.standstill().stream()).toList();
          standstills
              .addObject()
              .put("what it met", what)
              .put("cells", group.size())
              .put("passed", group.stream().filter(CellRecord::passed).count())
              .put("strikes", group.stream().mapToInt(cell -> cell.strikes().size()).sum())
              .put("longest", longest(all))
              .put(
                  "bytes sent twice",
                  all.stream().mapToLong(CellRecord.Standstill::bytesTwice).sum());
        });
    return standstills;
  }

  private static String longest(List<CellRecord.Standstill> all) {
    long millis = all.stream().mapToLong(CellRecord.Standstill::millis).max().orElse(0);
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  private ObjectNode crossed(Predicate<CellRecord> which) {
    Map<String, Map<String, int[]>> counts = new TreeMap<>();
    TreeSet<String> columns = new TreeSet<>();
    for (CellRecord cell : cells.stream().filter(which).toList()) {
      for (CellRecord.Strike strike : cell.struck()) {
        columns.add(strike.what());
        int[] count =
            counts
                .computeIfAbsent(strike.where(), first -> new TreeMap<>())
                .computeIfAbsent(strike.what(), first -> new int[2]);
        count[0] += cell.passed() ? 1 : 0;
        count[1]++;
      }
    }
    ObjectNode table = JSON.createObjectNode();
    columns.forEach(table.putArray("columns")::add);
    ArrayNode rows = table.putArray("rows");
    counts.forEach(
        (where, row) -> {
          ObjectNode told = rows.addObject().put("where", where);
          row.forEach((what, count) -> told.putArray(what).add(count[0]).add(count[1]));
        });
    return table;
  }

  private ArrayNode failures() {
    ArrayNode failures = JSON.createArrayNode();
    List<CellRecord> failed = new ArrayList<>(cells);
    failed.removeIf(CellRecord::passed);
    failed.sort(Comparator.comparing(CellRecord::cell));
    for (CellRecord cell : failed) {
      ObjectNode told = failures.addObject().put("cell", cell.cell()).put("kind", cell.kind());
      cell.strikes().forEach(told.putArray("strikes")::add);
      cell.seed().ifPresent(seed -> told.put("seed", seed));
      cell.violated().forEach(told.putObject("violated")::put);
    }
    return failures;
  }
}
