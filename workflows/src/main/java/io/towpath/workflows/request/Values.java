package io.towpath.workflows.request;

import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes JSON values for what is expected, or notes a problem at their place and gives null. */
record Values(Reading reading) {
  /** One way to take a value. */
  interface As<T> {
    @Nullable T of(String at, Object value);
  }

  @Nullable String text(String at, Object value) {
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    return value instanceof Number n ? n.toString() : refuse(at, value, "a text");
  }

  @Nullable List<String> texts(String at, Object value) {
    if (!(value instanceof List<?> list)) {
      return refuse(at, value, "a list of texts");
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String text = text(at + "[" + i + "]", list.get(i));
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  @Nullable Map<String, Object> object(String at, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return refuse(at, value, "an object");
    }
    Map<String, Object> copy = new TreeMap<>();
    map.forEach((key, item) -> copy.put(String.valueOf(key), item));
    return copy;
  }

  @Nullable Integer within(String at, Object value, int least, int most) {
    if (value instanceof Number n
        && n.intValue() == n.doubleValue()
        && n.intValue() >= least
        && n.intValue() <= most) {
      return n.intValue();
    }
    return refuse(at, value, "a whole number from " + least + " to " + most);
  }

  <T> @Nullable T parsed(String at, Object value, Function<String, T> parse) {
    String text = text(at, value);
    if (text == null) {
      return null;
    }
    try {
      return parse.apply(text);
    } catch (DateTimeParseException e) {
      reading.problem(at, "\"" + shortened(text) + "\" is not a duration; write PT6H or PT30M");
    } catch (IllegalArgumentException e) {
      reading.problem(at, String.valueOf(e.getMessage()));
    }
    return null;
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // always null: a value of any type
  <T> @Nullable T refuse(String at, @Nullable Object value, String expected) {
    reading.problem(at, "\"" + shortened(String.valueOf(value)) + "\" is not " + expected);
    return null;
  }

  static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
