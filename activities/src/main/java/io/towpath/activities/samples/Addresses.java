package io.towpath.activities.samples;

import io.towpath.activities.samples.Expressions.Outcome;
import io.towpath.activities.samples.Expressions.Rule;
import io.towpath.workflows.samples.Sample;
import io.towpath.workflows.samples.SampleRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the addresses of a row's files from it. */
final class Addresses {
  private final boolean stated;
  private final Optional<Rule> rule;

  private Addresses(boolean stated, Optional<Rule> rule) {
    this.stated = stated;
    this.rule = rule;
  }

  static Addresses of(SampleRules rules, Expressions expressions) {
    boolean stated = !rules.s3Uri().isEmpty();
    return new Addresses(
        stated, stated ? expressions.read("import.s3Uri", rules.s3Uri()) : Optional.empty());
  }

  /** Whether rows name files at all. */
  boolean stated() {
    return stated;
  }

  /** The addresses, without blank ones; empty where there is no answer, which was told. */
  Optional<List<String>> of(Map<String, Object> row, String place) {
    if (rule.isEmpty()) {
      return stated ? Optional.empty() : Optional.of(List.of());
    }
    Outcome outcome = rule.get().evaluate(row, Map.of(), place);
    if (outcome.failed()) {
      return Optional.empty();
    }
    List<String> addresses = new ArrayList<>(1);
    for (Object one : asList(outcome.value())) {
      if (!String.valueOf(one).isBlank()) {
        addresses.add(String.valueOf(one));
      }
    }
    return Optional.of(addresses);
  }

  /** The addresses of every row of a stored sample. */
  List<List<String>> ofAll(Sample sample) {
    return sample.rows().stream()
        .map(row -> of(row, "sample " + sample.id()).orElse(List.of()))
        .toList();
  }

  private static List<?> asList(Optional<Object> value) {
    Object found = value.orElse(List.of());
    return found instanceof List<?> list ? list : List.of(found);
  }
}
