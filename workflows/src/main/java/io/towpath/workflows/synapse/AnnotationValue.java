package io.towpath.workflows.synapse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Values of one annotation as Synapse takes them, within its limits (contract section 5): 1 to 100
 * values of one type, texts of at most 500 characters together.
 *
 * @param type {@code STRING}, {@code LONG}, {@code DOUBLE}, {@code BOOLEAN} or another of Synapse's
 * @param values as text
 */
public record AnnotationValue(String type, List<String> values) {
  private static final int MOST_VALUES = 100;
  private static final int MOST_CHARACTERS = 500;

  public AnnotationValue {
    values = List.copyOf(values);
  }

  /** One text. */
  public static AnnotationValue text(String text) {
    return new AnnotationValue("STRING", List.of(text));
  }

  /**
   * The value of a request: a text, a number, true or false, or a list of one of these.
   *
   * @throws IllegalArgumentException what it is instead, and what is expected
   */
  public static AnnotationValue of(Object json) {
    List<?> items = json instanceof List<?> list ? list : Collections.singletonList(json);
    List<String> values = new ArrayList<>();
    String type = "";
    for (Object item : items) {
      type = common(type, typeOf(item));
      values.add(String.valueOf(item));
    }
    AnnotationValue value = new AnnotationValue(type, values);
    String problem = value.problem();
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException(problem);
    }
    return value;
  }

  /** The texts with each {@code {name}} replaced by what it stands for. */
  public AnnotationValue filled(Map<String, String> captures) {
    if (!type.equals("STRING")) {
      return this;
    }
    return new AnnotationValue(
        type, values.stream().map(text -> Captures.fill(text, captures)).toList());
  }

  /** Why Synapse would refuse it; empty when it would not. */
  public String problem() {
    if (values.isEmpty()) {
      return "an empty list is no value; leave the name out";
    }
    if (values.size() > MOST_VALUES) {
      return values.size() + " values are too many; Synapse takes " + MOST_VALUES;
    }
    int characters = values.stream().mapToInt(String::length).sum();
    return type.equals("STRING") && characters > MOST_CHARACTERS
        ? characters + " characters are too many; Synapse takes " + MOST_CHARACTERS
        : "";
  }

  /** Whether both mean the same; numbers are compared as numbers, {@code 1E3} is {@code 1000.0}. */
  public boolean means(AnnotationValue other) {
    if (!type.equals("DOUBLE") || !other.type.equals("DOUBLE")) {
      return equals(other);
    }
    return numbers().equals(other.numbers());
  }

  private List<Object> numbers() {
    List<Object> numbers = new ArrayList<>();
    for (String value : values) {
      try {
        numbers.add(Double.valueOf(value));
      } catch (NumberFormatException e) {
        numbers.add(value);
      }
    }
    return numbers;
  }

  private static String typeOf(Object item) {
    if (item instanceof String) {
      return "STRING";
    }
    if (item instanceof Boolean) {
      return "BOOLEAN";
    }
    if (item instanceof Double || item instanceof Float) {
      return "DOUBLE";
    }
    if (item instanceof Number) {
      return "LONG";
    }
    throw new IllegalArgumentException(
        "is neither a text, a number, true or false, nor a list of one of these");
  }

  private static String common(String type, String next) {
    if (type.isEmpty() || type.equals(next)) {
      return next;
    }
    if (List.of("LONG", "DOUBLE").containsAll(List.of(type, next))) {
      return "DOUBLE";
    }
    throw new IllegalArgumentException("a list must hold values of one type");
  }
}
