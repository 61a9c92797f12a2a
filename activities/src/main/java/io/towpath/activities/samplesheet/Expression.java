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
import org.jspecify.annotations.Nullable;

/**
 * A JSONata expression of a request, kept small in time, depth and memory. {@code $default(a, b)}
 * is {@code b} where {@code a} is missing or blank. What gives another value each time is refused,
 * for what is made of a sheet is made more than once.
 */
public final class Expression {
  private static final Set<String> UNSTEADY = Set.of("now", "millis", "random", "shuffle", "eval");

  private final Set<String> variables;
  private final Jsonata expression;

  private Expression(Set<String> variables, Jsonata expression) {
    this.variables = variables;
    this.expression = expression;
  }

  /** A text that is no expression, or one that may not be used, or that failed. */
  public static final class Refused extends Exception {
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
    public boolean hopeless() {
      return hopeless;
    }
  }

  /** Thrown by a value or function that was given to an expression; its text is told as it is. */
  public static class Objection extends JException {
    private static final long serialVersionUID = 1;

    public Objection(String text) {
      super(text, -1);
    }
  }

  public static Expression of(String text) throws Refused {
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
      return new Expression(names, Jsonata.jsonata(text));
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

  /** Whether it names this variable; the empty name is a lone {@code $}. */
  boolean names(String variable) {
    return variables.contains(variable);
  }

  /**
   * Its value: text, number, flag, list or map of such; empty for nothing and for null.
   *
   * @param input what {@code $} is; made of what {@link #plain} gives
   * @param bound variables by name, without {@code $}; likewise, or functions
   */
  public Optional<Object> evaluate(Object input, Map<String, ?> bound) throws Refused {
    Jsonata.Frame frame = frame();
    bound.forEach(frame::bind);
    try {
      return value(expression.evaluate(input, frame));
    } catch (JException e) {
      boolean exceeded = e instanceof EvaluationBounds.Exceeded;
      throw new Refused(
          (e instanceof Objection && !exceeded ? "" : "the expression failed: ") + firstLine(e),
          exceeded);
    } catch (StackOverflowError e) {
      throw new Refused("the expression is nested too deeply", true);
    } catch (RuntimeException e) {
      throw new Refused(
          "the expression failed on this row: " + Shortened.of(String.valueOf(e.getMessage())));
    }
  }

  /** JSONata counts with {@code int}, {@code long} and {@code double} only. */
  public static Object plain(Object value) {
    if (value instanceof BigDecimal || value instanceof BigInteger) {
      return ((Number) value).doubleValue();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(String.valueOf(key), plain(item)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(plain(item)));
      return copy;
    }
    return value;
  }

  private static Optional<Object> value(@Nullable Object result) throws Refused {
    if (result == null || result == Jsonata.NULL_VALUE) {
      return Optional.empty();
    }
    if (result instanceof String || result instanceof Number || result instanceof Boolean) {
      return Optional.of(result);
    }
    if (result instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      for (Object item : list) {
        value(item).ifPresent(copy::add);
      }
      return Optional.of(copy);
    }
    if (result instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        value(entry.getValue()).ifPresent(item -> copy.put(String.valueOf(entry.getKey()), item));
      }
      return Optional.of(copy);
    }
    throw new Refused("the expression gives a function; call it, or remove it");
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

  private static boolean blank(@Nullable Object value) {
    return value == null
        || value == Jsonata.NULL_VALUE
        || (value instanceof String text && text.isBlank());
  }

  /** What JSONata says, which it says twice with its own errors. */
  private static String firstLine(JException e) {
    if (e instanceof Objection) {
      return String.valueOf(e.getError());
    }
    String text = String.valueOf(e.getMessage());
    int half = text.length() / 2;
    boolean twice = text.length() % 2 == 1 && text.startsWith(text.substring(half + 1));
    String once = twice ? text.substring(0, half) : text;
    return once.lines().findFirst().map(Shortened::of).orElse("");
  }
}
