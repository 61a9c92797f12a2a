package io.towpath.activities.samplesheet;

import com.dashjoin.jsonata.Jsonata;
import java.util.List;

/**
 * Keeps one evaluation small: in time, in depth, and in the size of every value on the way. Looked
 * at before and after each part of an expression.
 */
final class EvaluationBounds {
  static final int MOST_MILLIS = 1_000;
  static final int MOST_DEPTH = 100;
  static final int MOST_CHARACTERS = 100_000;
  static final int MOST_ITEMS = 10_000;

  private final long begun = System.nanoTime();
  private int depth;

  private EvaluationBounds() {}

  /** An expression asked for more than it may have. */
  static final class Exceeded extends Expression.Objection {
    private static final long serialVersionUID = 1;

    Exceeded(String text) {
      super(text);
    }
  }

  static void guard(Jsonata.Frame frame) {
    EvaluationBounds bounds = new EvaluationBounds();
    frame.setEvaluateEntryCallback((symbol, input, inner) -> bounds.enter(inner.isParallelCall));
    frame.setEvaluateExitCallback(
        (symbol, input, inner, result) -> bounds.leave(inner.isParallelCall, result));
  }

  private void enter(boolean parallel) {
    if (!parallel && ++depth > MOST_DEPTH) {
      throw new Exceeded("it calls itself more than " + MOST_DEPTH + " deep");
    }
    requireTime();
  }

  private void leave(boolean parallel, Object result) {
    depth -= parallel ? 0 : 1;
    if (result instanceof CharSequence text && text.length() > MOST_CHARACTERS) {
      throw new Exceeded("it makes a text of more than " + MOST_CHARACTERS + " characters");
    }
    if (result instanceof List<?> list && list.size() > MOST_ITEMS) {
      throw new Exceeded("it makes a list of more than " + MOST_ITEMS + " items");
    }
    requireTime();
  }

  private void requireTime() {
    if (System.nanoTime() - begun > MOST_MILLIS * 1_000_000L) {
      throw new Exceeded("it took longer than " + MOST_MILLIS + " ms for one row; it may loop");
    }
  }
}
