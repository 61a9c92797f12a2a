package io.towpath.activities.samples;

import io.towpath.activities.samplesheet.Expression;
import io.towpath.activities.samplesheet.ExpressionBudget;
import io.towpath.activities.samplesheet.ProblemList;
import java.util.Map;
import java.util.Optional;

/** The expressions of one request, with one budget of time. What fails is a problem. */
final class Expressions {
  private final ProblemList problems;
  private final ExpressionBudget budget = new ExpressionBudget();
  private boolean told;

  Expressions(ProblemList problems) {
    this.problems = problems;
  }

  /**
   * What came of one evaluation.
   *
   * @param failed whether there is no answer; the reason was told
   * @param value empty for nothing, null and blank texts
   */
  record Outcome(boolean failed, Optional<Object> value) {
    static final Outcome FAILED = new Outcome(true, Optional.empty());

    /** The value as one text, number or flag; empty where it is a list or an object. */
    Optional<Object> scalar() {
      return value.filter(v -> v instanceof String || v instanceof Number || v instanceof Boolean);
    }
  }

  ProblemList problems() {
    return problems;
  }

  /** Reads an expression; empty when it is none, which is told. */
  Optional<Rule> read(String field, String text) {
    try {
      return Optional.of(new Rule(field, text, Expression.of(text)));
    } catch (Expression.Refused e) {
      problems.add(field, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** One expression and where the request has it. */
  final class Rule {
    private final String field;
    private final String text;
    private final Expression expression;
    private boolean hopeless;

    private Rule(String field, String text, Expression expression) {
      this.field = field;
      this.text = text;
      this.expression = expression;
    }

    String field() {
      return field;
    }

    /** Whether it may use one of these names; it may also have them in a text. */
    boolean mentions(String... names) {
      for (String name : names) {
        if (text.contains(name)) {
          return true;
        }
      }
      return false;
    }

    /**
     * Evaluates it once.
     *
     * @param place what it is evaluated for: line and column, or a sample
     */
    Outcome evaluate(Object input, Map<String, ?> bound, String place) {
      if (hopeless || exhausted(place)) {
        return Outcome.FAILED;
      }
      long begun = System.nanoTime();
      try {
        return new Outcome(false, expression.evaluate(input, bound).filter(v -> !blank(v)));
      } catch (Expression.Refused e) {
        hopeless = e.hopeless();
        problems.add(place, field + ": " + e.getMessage());
        return Outcome.FAILED;
      } finally {
        budget.spendSince(begun);
      }
    }

    private boolean exhausted(String place) {
      if (budget.exceeded() && !told) {
        told = true;
        problems.add(
            field,
            "the expressions "
                + ExpressionBudget.told()
                + " up to "
                + place
                + "; simplify them, or use tasks.activity");
      }
      return told;
    }
  }

  private static boolean blank(Object value) {
    return value instanceof String text && text.isBlank();
  }
}
