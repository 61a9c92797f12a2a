package io.towpath.activities.samplesheet;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A JSONata expression that makes the cells of one column.
 *
 * <p>Columns go by their names: {@code sample & '_1'}. An expression that has {@code $} on its own
 * is about the one cell that it replaces: {@code $} is that cell, an empty text where there is
 * none, and the row is {@code $row}. {@code $default(a, b)} is {@code b} where {@code a} is missing
 * or blank. What gives another value each time is refused, for a sheet is made more than once.
 */
final class CellExpression {
  private static final Set<String> UNSTEADY = Set.of("now", "millis", "random", "shuffle", "eval");

  private final String column;
  private final boolean ofCell;
  private final Jsonata expression;

  private CellExpression(String column, boolean ofCell, Jsonata expression) {
    this.column = column;
    this.ofCell = ofCell;
    this.expression = expression;
  }

  /** A text that is no expression, or one that may not be used. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean hopeless;

    Refused(String message) {
      this(message, false);
    }

    Refused(String message, boolean hopeless) {
      super(message);
      this.hopeless = hopeless;
    }

    /** Whether further rows would only cost more time. */
    boolean hopeless() {
      return hopeless;
    }
  }

  static CellExpression of(String column, String text) throws Refused {
    Set<String> names = Variables.in(text);
    Set<String> unsteady = new TreeSet<>(names);
    unsteady.retainAll(UNSTEADY);
    if (!unsteady.isEmpty()) {
      throw new Refused(
          "$"
              + String.join(", $", unsteady)
              + " may give another value each time; a sheet must come out the same when it is made"
              + " again");
    }
    try {
      return new CellExpression(column, names.contains(""), Jsonata.jsonata(text));
    } catch (JException e) {
      throw new Refused(
          "\""
              + Shortened.of(text)
              + "\" is no JSONata: "
              + firstLine(e)
              + ", at character "
              + e.getLocation());
    } catch (RuntimeException | StackOverflowError e) {
      throw new Refused("\"" + Shortened.of(text) + "\" is no JSONata");
    }
  }

  String column() {
    return column;
  }

  /** The cell of a row; empty for no value, which is an empty cell. */
  Optional<Object> of(Map<String, Object> row) throws Refused {
    Map<String, Object> plain = plain(row);
    Jsonata.Frame frame = frame();
    frame.bind("row", plain);
    Object result;
    try {
      result = expression.evaluate(ofCell ? plain.getOrDefault(column, "") : plain, frame);
    } catch (JException e) {
      boolean exceeded = e instanceof EvaluationBounds.Exceeded;
      throw new Refused("the expression failed: " + firstLine(e), exceeded);
    } catch (StackOverflowError e) {
      throw new Refused("the expression is nested too deeply", true);
    } catch (RuntimeException e) {
      throw new Refused(
          "the expression failed on this row: " + Shortened.of(String.valueOf(e.getMessage())));
    }
    return scalar(result);
  }

  private static Optional<Object> scalar(Object result) throws Refused {
    if (result == null || result == Jsonata.NULL_VALUE) {
      return Optional.empty();
    }
    if (result instanceof String || result instanceof Number || result instanceof Boolean) {
      return Optional.of(result);
    }
    String found =
        result instanceof List<?> list
            ? "a list of " + list.size()
            : result instanceof Map<?, ?> ? "an object" : "a function";
    throw new Refused("the expression gives " + found + "; a cell takes one text, number or flag");
  }

  private Jsonata.Frame frame() {
    Jsonata.Frame frame = expression.createFrame();
    EvaluationBounds.guard(frame);
    frame.bind("default", (Object value, Object other) -> blank(value) ? other : value);
    frame.bind(
        "pad",
        Jsonata.function(
            "pad",
            (String text, Integer width, String with) -> pad(text, width, with),
            "<s-ns?:s>"));
    for (String name : UNSTEADY) {
      frame.bind(
          name,
          () -> {
            throw new EvaluationBounds.Exceeded("$" + name + " is not repeatable");
          });
    }
    return frame;
  }

  /** JSONata's own {@code $pad}, which would fill the memory when asked to. */
  private static String pad(String text, Integer width, String with) {
    if (Math.abs((long) width) > EvaluationBounds.MOST_CHARACTERS) {
      throw new EvaluationBounds.Exceeded("$pad makes a text that is too long");
    }
    String fill = with == null || with.isEmpty() ? " " : with;
    int missing = Math.max(0, Math.abs(width) - text.codePointCount(0, text.length()));
    String padding = fill.repeat(missing / fill.length() + 1).substring(0, missing);
    return width < 0 ? padding + text : text + padding;
  }

  private static boolean blank(Object value) {
    return value == null
        || value == Jsonata.NULL_VALUE
        || (value instanceof String text && text.isBlank());
  }

  private static Map<String, Object> plain(Map<String, Object> row) {
    Map<String, Object> plain = new LinkedHashMap<>();
    row.forEach((name, value) -> plain.put(name, plainValue(value)));
    return plain;
  }

  /** JSONata counts with {@code int}, {@code long} and {@code double} only. */
  private static Object plainValue(Object value) {
    if (value instanceof BigDecimal || value instanceof BigInteger) {
      return ((Number) value).doubleValue();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(String.valueOf(key), plainValue(item)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(plainValue(item)));
      return copy;
    }
    return value;
  }

  /** What JSONata says, which it says twice with its own errors. */
  private static String firstLine(JException e) {
    if (e instanceof EvaluationBounds.Exceeded) {
      return String.valueOf(e.getError());
    }
    String text = String.valueOf(e.getMessage());
    int half = text.length() / 2;
    boolean twice = text.length() % 2 == 1 && text.startsWith(text.substring(half + 1));
    String once = twice ? text.substring(0, half) : text;
    return once.lines().findFirst().map(Shortened::of).orElse("");
  }
}
