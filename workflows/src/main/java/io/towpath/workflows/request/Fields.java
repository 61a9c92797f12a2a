package io.towpath.workflows.request;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of a request, read field by field. Nothing is thrown: each problem is noted with
 * its path and a placeholder returned, so that all problems show at once. Fields that nobody asked
 * for are refused at the end, with the nearest name.
 */
public final class Fields {
  private final String path;
  private final Map<String, Object> json;
  private final Reading reading;
  private final TreeSet<String> asked = new TreeSet<>();

  Fields(String path, Map<String, Object> json, Reading reading) {
    this.path = path;
    this.json = json;
    this.reading = reading;
  }

  /** Path of this object, {@code runs[0]}; empty for the request itself. */
  public String path() {
    return path;
  }

  public String text(String name, String meaning) {
    document(name, "text", true, "", meaning);
    return required(name, this::asText, "");
  }

  public Optional<String> optionalText(String name, String meaning) {
    document(name, "text", false, "", meaning);
    return optional(name, this::asText);
  }

  public String text(String name, String fallback, String meaning) {
    document(name, "text", false, fallback, meaning);
    return optional(name, this::asText).orElse(fallback);
  }

  /** A text that must be one of a few words. */
  public String choice(String name, List<String> words, String meaning) {
    document(name, String.join(" | ", words), false, words.get(0), meaning);
    String word = optional(name, this::asText).orElse(words.get(0));
    if (!words.contains(word)) {
      problem(name, "\"" + shortened(word) + "\" is none of: " + String.join(", ", words));
    }
    return words.contains(word) ? word : words.get(0);
  }

  /** A text with a form of its own; {@code parse} says in its exception what it expects. */
  public <T> T value(String name, Function<String, T> parse, T placeholder, String meaning) {
    document(name, "text", true, "", meaning);
    return required(name, (at, value) -> parsed(at, asText(at, value), parse), placeholder);
  }

  public <T> Optional<T> optionalValue(String name, Function<String, T> parse, String meaning) {
    document(name, "text", false, "", meaning);
    return optional(name, (at, value) -> parsed(at, asText(at, value), parse));
  }

  public boolean flag(String name, boolean fallback, String meaning) {
    document(name, "true | false", false, Boolean.toString(fallback), meaning);
    return optional(
            name,
            (at, value) -> value instanceof Boolean b ? b : refuse(at, value, "true or false"))
        .orElse(fallback);
  }

  public int number(String name, int fallback, int least, int most, String meaning) {
    document(name, "number " + least + " to " + most, false, "" + fallback, meaning);
    return optional(name, (at, value) -> within(at, value, least, most)).orElse(fallback);
  }

  /** A number that need not be whole. */
  public double decimal(String name, double fallback, double least, double most, String meaning) {
    String form = "number " + least + " to " + most;
    document(name, form, false, "" + fallback, meaning);
    return optional(
            name,
            (at, value) ->
                value instanceof Number n && n.doubleValue() >= least && n.doubleValue() <= most
                    ? Double.valueOf(n.doubleValue())
                    : refuse(at, value, "a " + form))
        .orElse(fallback);
  }

  public Optional<Long> optionalNumber(String name, String meaning) {
    document(name, "number", false, "", meaning);
    return optional(
        name,
        (at, value) ->
            value instanceof Number n && n.longValue() == n.doubleValue() && n.longValue() > 0
                ? Long.valueOf(n.longValue())
                : refuse(at, value, "a whole number from 1"));
  }

  public List<String> texts(String name, List<String> fallback, String meaning) {
    document(name, "list of text", false, fallback.isEmpty() ? "" : fallback.toString(), meaning);
    return optional(name, this::asTexts).orElse(fallback);
  }

  /** A JSON object whose keys are the user's own. */
  public Map<String, Object> free(String name, String meaning) {
    document(name, "object", false, "", meaning);
    return optional(name, this::asObject).orElse(new TreeMap<>());
  }

  public <T> T object(String name, String meaning, Function<Fields, T> reader) {
    document(name, "object", false, "", meaning);
    Optional<Map<String, Object>> inner = optional(name, this::asObject);
    // what is no object at all has no fields that could be missing
    Reading into = inner.isEmpty() && take(name) != null ? new Reading() : reading;
    return nested(at(name), inner.orElse(Map.of()), reader, into);
  }

  public <T> List<T> objects(String name, String meaning, Function<Fields, T> reader) {
    document(name, "list of objects", true, "", meaning);
    Object value = take(name);
    if (!(value instanceof List<?> list) || list.isEmpty()) {
      describeInto(at(name) + "[]", true, reader);
      problem(
          name,
          value == null
              ? "missing; a list of at least one object is required"
              : "must be a list of at least one object");
      return List.of();
    }
    return nestedAll(name, list, reader);
  }

  /** A list of objects that may be left out. */
  public <T> List<T> optionalObjects(String name, String meaning, Function<Fields, T> reader) {
    document(name, "list of objects", false, "", meaning);
    Object value = take(name);
    if (value != null && !(value instanceof List<?>)) {
      problem(name, "must be a list of objects");
    }
    if (!(value instanceof List<?> list) || list.isEmpty()) {
      describeInto(at(name) + "[]", true, reader);
      return List.of();
    }
    return nestedAll(name, list, reader);
  }

  /** An object that may be left out; what it must have is asked for only where it is there. */
  public <T> Optional<T> optionalObject(String name, String meaning, Function<Fields, T> reader) {
    document(name, "object", false, "", meaning);
    Optional<Map<String, Object>> inner = optional(name, this::asObject);
    if (inner.isEmpty()) {
      describeInto(at(name), false, reader);
    }
    return inner.map(json -> nested(at(name), json, reader));
  }

  /** Objects by names that are the user's own; described as {@code name{}.field}. */
  public <T> Map<String, T> objectsByName(String name, String meaning, Function<Fields, T> reader) {
    document(name, "objects by name", false, "", meaning);
    Map<String, Object> named = optional(name, this::asObject).orElse(Map.of());
    if (named.isEmpty()) {
      describeInto(at(name) + "{}", true, reader);
    }
    Map<String, T> read = new TreeMap<>();
    named.forEach(
        (key, value) -> {
          String at = at(name) + "." + key;
          Map<String, Object> inner = asObject(at, value);
          if (inner != null) {
            read.put(key, nested(at, inner, reader));
          }
        });
    return read;
  }

  /** The value as it stands, for fields that take more than one form; null where there is none. */
  public @Nullable Object raw(String name) {
    return take(name);
  }

  /** Notes a problem of a rule between fields. */
  public void problem(String name, String text) {
    reading.problem(at(name), text);
  }

  void refuseUnknown() {
    for (String name : new TreeSet<>(json.keySet())) {
      if (!asked.contains(name)) {
        String near = Nearest.of(name, asked);
        problem(name, "unknown field" + (near.isEmpty() ? "" : "; did you mean \"" + near + "\"?"));
      }
    }
  }

  private interface As<T> {
    @Nullable T of(String at, Object value);
  }

  private <T> Optional<T> optional(String name, As<T> as) {
    Object value = take(name);
    return value == null ? Optional.empty() : Optional.ofNullable(as.of(at(name), value));
  }

  private <T> T required(String name, As<T> as, T placeholder) {
    Object value = take(name);
    if (value == null) {
      problem(name, "missing; it is required");
      return placeholder;
    }
    T read = as.of(at(name), value);
    return read == null ? placeholder : read;
  }

  private @Nullable Object take(String name) {
    asked.add(name);
    return json.get(name);
  }

  private @Nullable String asText(String at, Object value) {
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    return value instanceof Number n ? n.toString() : refuse(at, value, "a text");
  }

  private @Nullable List<String> asTexts(String at, Object value) {
    if (!(value instanceof List<?> list)) {
      return refuse(at, value, "a list of texts");
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String text = asText(at + "[" + i + "]", list.get(i));
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  private @Nullable Map<String, Object> asObject(String at, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return refuse(at, value, "an object");
    }
    Map<String, Object> copy = new TreeMap<>();
    map.forEach((key, item) -> copy.put(String.valueOf(key), item));
    return copy;
  }

  private @Nullable Integer within(String at, Object value, int least, int most) {
    if (value instanceof Number n
        && n.intValue() == n.doubleValue()
        && n.intValue() >= least
        && n.intValue() <= most) {
      return n.intValue();
    }
    return refuse(at, value, "a whole number from " + least + " to " + most);
  }

  private <T> @Nullable T parsed(String at, @Nullable String text, Function<String, T> parse) {
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
  private <T> @Nullable T refuse(String at, @Nullable Object value, String expected) {
    reading.problem(at, "\"" + shortened(String.valueOf(value)) + "\" is not " + expected);
    return null;
  }

  private <T> List<T> nestedAll(String name, List<?> list, Function<Fields, T> reader) {
    List<T> read = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String at = at(name) + "[" + i + "]";
      Map<String, Object> item = asObject(at, list.get(i));
      if (item != null) {
        read.add(nested(at, item, reader));
      }
    }
    return read;
  }

  private <T> T nested(String at, Map<String, Object> inner, Function<Fields, T> reader) {
    return nested(at, inner, reader, reading);
  }

  private static <T> T nested(
      String at, Map<String, Object> inner, Function<Fields, T> reader, Reading into) {
    Fields fields = new Fields(at, inner, into);
    T value = reader.apply(fields);
    fields.refuseUnknown();
    return value;
  }

  private void describeInto(String prefix, boolean asRequired, Function<Fields, ?> reader) {
    for (FieldDoc doc : Reading.describe(reader)) {
      reading.document(
          new FieldDoc(
              prefix + "." + doc.path(),
              doc.type(),
              asRequired && doc.required(),
              doc.fallback(),
              doc.text()));
    }
  }

  private void document(
      String name, String type, boolean required, String fallback, String meaning) {
    reading.document(new FieldDoc(at(name), type, required, fallback, meaning));
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Reads a duration field such as {@code PT6H}. */
  public Optional<Duration> optionalDuration(String name, String meaning) {
    return optionalValue(name, Duration::parse, meaning + " (ISO-8601, PT6H)");
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
