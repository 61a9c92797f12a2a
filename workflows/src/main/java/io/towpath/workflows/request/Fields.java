package io.towpath.workflows.request;

import java.time.Duration;
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
  private final Values values;
  private final TreeSet<String> asked = new TreeSet<>();

  Fields(String path, Map<String, Object> json, Reading reading) {
    this.path = path;
    this.json = json;
    this.reading = reading;
    this.values = new Values(reading);
  }

  /** Path of this object, {@code runs[0]}; empty for the request itself. */
  public String path() {
    return path;
  }

  public String text(String name, String meaning) {
    document(name, "text", true, "", meaning);
    return required(name, values::text, "");
  }

  public Optional<String> optionalText(String name, String meaning) {
    document(name, "text", false, "", meaning);
    return optional(name, values::text);
  }

  public String text(String name, String fallback, String meaning) {
    document(name, "text", false, fallback, meaning);
    return optional(name, values::text).orElse(fallback);
  }

  /** A text that must be one of a few words. */
  public String choice(String name, List<String> words, String meaning) {
    document(name, String.join(" | ", words), false, words.get(0), meaning);
    String word = optional(name, values::text).orElse(words.get(0));
    if (!words.contains(word)) {
      problem(name, "\"" + Values.shortened(word) + "\" is none of: " + String.join(", ", words));
    }
    return words.contains(word) ? word : words.get(0);
  }

  /** A text with a form of its own; {@code parse} says in its exception what it expects. */
  public <T> T value(String name, Function<String, T> parse, T placeholder, String meaning) {
    document(name, "text", true, "", meaning);
    return required(name, (at, value) -> values.parsed(at, value, parse), placeholder);
  }

  public <T> Optional<T> optionalValue(String name, Function<String, T> parse, String meaning) {
    document(name, "text", false, "", meaning);
    return optional(name, (at, value) -> values.parsed(at, value, parse));
  }

  public boolean flag(String name, boolean fallback, String meaning) {
    document(name, "true | false", false, Boolean.toString(fallback), meaning);
    return optional(
            name,
            (at, value) ->
                value instanceof Boolean b ? b : values.refuse(at, value, "true or false"))
        .orElse(fallback);
  }

  public int number(String name, int fallback, int least, int most, String meaning) {
    document(name, "number " + least + " to " + most, false, "" + fallback, meaning);
    return optional(name, (at, value) -> values.within(at, value, least, most)).orElse(fallback);
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
                    : values.refuse(at, value, "a " + form))
        .orElse(fallback);
  }

  public Optional<Long> optionalNumber(String name, int least, String meaning) {
    document(name, "number from " + least, false, "", meaning);
    return optional(
        name,
        (at, value) ->
            value instanceof Number n && n.longValue() == n.doubleValue() && n.longValue() >= least
                ? Long.valueOf(n.longValue())
                : values.refuse(at, value, "a whole number from " + least));
  }

  public List<String> texts(String name, List<String> fallback, String meaning) {
    document(name, "list of text", false, fallback.isEmpty() ? "" : fallback.toString(), meaning);
    return optional(name, values::texts).orElse(fallback);
  }

  /** A JSON object whose keys are the user's own. */
  public Map<String, Object> free(String name, String meaning) {
    document(name, "object", false, "", meaning);
    return optional(name, values::object).orElse(new TreeMap<>());
  }

  public <T> T object(String name, String meaning, Function<Fields, T> reader) {
    document(name, "object", false, "", meaning);
    Optional<Map<String, Object>> inner = optional(name, values::object);
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
    Optional<Map<String, Object>> inner = optional(name, values::object);
    if (inner.isEmpty()) {
      describeInto(at(name), false, reader);
    }
    return inner.map(json -> nested(at(name), json, reader));
  }

  /** Objects by names that are the user's own; described as {@code name{}.field}. */
  public <T> Map<String, T> objectsByName(String name, String meaning, Function<Fields, T> reader) {
    document(name, "objects by name", false, "", meaning);
    Map<String, Object> named = optional(name, values::object).orElse(Map.of());
    if (named.isEmpty()) {
      describeInto(at(name) + "{}", true, reader);
    }
    Map<String, T> read = new TreeMap<>();
    named.forEach(
        (key, value) -> {
          String at = at(name) + "." + key;
          Map<String, Object> inner = values.object(at, value);
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

  private <T> Optional<T> optional(String name, Values.As<T> as) {
    Object value = take(name);
    return value == null ? Optional.empty() : Optional.ofNullable(as.of(at(name), value));
  }

  private <T> T required(String name, Values.As<T> as, T placeholder) {
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

  private <T> List<T> nestedAll(String name, List<?> list, Function<Fields, T> reader) {
    List<T> read = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String at = at(name) + "[" + i + "]";
      Map<String, Object> item = values.object(at, list.get(i));
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
}
