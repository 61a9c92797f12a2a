package io.towpath.proof.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What came of every rule for one scenario.
 *
 * @param outcomes of each rule, none left out
 * @param doublesMade platform runs beyond those asked for, cancelled or not
 * @param calls how many calls were made to change something
 */
public record Verdict(Map<Rule, Outcome> outcomes, int doublesMade, int calls) {
  /** Reads the journal and the platforms, and judges. */
  public static Verdict of(Expectation asked, Platforms platforms) {
    return of(new Scene(asked, platforms));
  }

  static Verdict of(Scene scene) {
    Map<Rule, Outcome> outcomes = new EnumMap<>(Rule.class);
    for (Rule rule : Rule.values()) {
      outcomes.put(rule, rule.check(scene));
    }
    return new Verdict(outcomes, Runs.doublesMade(scene), scene.sent.entries().size());
  }

  /** Every violation, with the rule that it breaks. */
  public List<String> violations() {
    List<String> violations = new ArrayList<>();
    outcomes.forEach(
        (rule, outcome) -> {
          if (outcome instanceof Outcome.Violated violated) {
            violated.how().forEach(how -> violations.add(rule.id() + ": " + how));
          }
        });
    return violations;
  }
}
