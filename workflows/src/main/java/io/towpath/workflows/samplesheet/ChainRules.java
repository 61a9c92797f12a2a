package io.towpath.workflows.samplesheet;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How what one run left behind becomes the sheet of a later one (etl-spec b2, {@code inputs}).
 *
 * @param place where the request says so
 * @param from a table, by its address; or a glob with captures, whose objects become rows with the
 *     columns {@code uri}, {@code path}, {@code name}, {@code size} and one for each capture
 * @param header names of the columns of a table that has no header line; empty when it has one
 * @param shape {@code map}, {@code rename}, {@code select}, {@code group} and {@code write}
 * @param rows how many rows are expected: {@code =N}, {@code >=N}, {@code <=N}; empty: at least one
 */
public record ChainRules(
    String place, String from, List<String> header, PrepareRules shape, String rows) {
  public ChainRules {
    header = List.copyOf(header);
  }

  /** The same rules with every placeholder filled in. */
  public ChainRules at(String filledFrom, String filledRows) {
    return new ChainRules(place, filledFrom, header, shape, filledRows);
  }

  /** The fields that decide the effect of a request. */
  public Map<String, Object> effect() {
    Map<String, Object> effect = new TreeMap<>(shape.effect());
    effect.put("from", from);
    effect.put("header", header);
    effect.put("rows", rows);
    return effect;
  }
}
