package io.towpath.activities.samples;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an input of an app takes, of both notations of CWL: {@code File?}, {@code string[]}, {@code
 * ["null", {type: array, items: File}]}.
 *
 * @param optional whether nothing is among it
 * @param shapes the alternatives
 */
record CwlType(boolean optional, List<CwlShape> shapes) {
  /** A longer name is no short form of lists in lists, which are read one in the other. */
  private static final int LONGEST_NAME = 500;

  private static final CwlType NOTHING = new CwlType(true, List.of());

  /** Reads a type as CWL writes it. */
  static CwlType read(JsonNode type) {
    if (type.isArray()) {
      CwlType union = new CwlType(false, List.of());
      for (JsonNode one : type) {
        union = union.or(read(one));
      }
      return union;
    }
    if (type.isObject()) {
      return switch (type.path("type").asText()) {
        case "array" -> of(new CwlShape.ListOf(read(type.path("items"))));
        case "enum" -> of(new CwlShape.Symbols(symbols(type)));
        case "record" -> of(new CwlShape.Fields(fields(type.path("fields"))));
        default -> read(type.path("type"));
      };
    }
    return named(type.asText());
  }

  /**
   * The value as the app takes it: a text that is written like a number or a flag becomes one, and
   * a single value becomes a list, where only that fits. Empty where it does not fit.
   */
  Optional<Object> take(@Nullable Object value) {
    return take(value, false).or(() -> take(value, true));
  }

  Optional<Object> take(@Nullable Object value, boolean converting) {
    return value == null
        ? Optional.empty()
        : shapes.stream().flatMap(shape -> shape.take(value, converting).stream()).findFirst();
  }

  /** The last part of a name: {@code #main/reads} is {@code reads}. */
  static String lastOf(String id) {
    return id.substring(Math.max(id.lastIndexOf('/'), id.lastIndexOf('#')) + 1);
  }

  private static CwlType named(String name) {
    if (name.length() > LONGEST_NAME) {
      return of(new CwlShape.Plain(name));
    }
    if (name.endsWith("?")) {
      return named(name.substring(0, name.length() - 1)).or(NOTHING);
    }
    if (name.endsWith("[]")) {
      return of(new CwlShape.ListOf(named(name.substring(0, name.length() - 2))));
    }
    return name.equals("null")
        ? NOTHING
        : of(new CwlShape.Plain(name.equals("stdin") ? "File" : name));
  }

  private static CwlType of(CwlShape shape) {
    return new CwlType(false, List.of(shape));
  }

  private CwlType or(CwlType other) {
    List<CwlShape> both = new ArrayList<>(shapes);
    both.addAll(other.shapes);
    return new CwlType(optional || other.optional, both);
  }

  private static List<String> symbols(JsonNode type) {
    List<String> symbols = new ArrayList<>();
    type.path("symbols").forEach(symbol -> symbols.add(lastOf(symbol.asText())));
    return symbols;
  }

  private static Map<String, CwlType> fields(JsonNode declared) {
    Map<String, CwlType> fields = new LinkedHashMap<>();
    if (declared.isArray()) {
      declared.forEach(
          field -> fields.put(lastOf(field.path("name").asText()), read(field.path("type"))));
    } else {
      declared.properties().forEach(field -> fields.put(field.getKey(), read(field.getValue())));
    }
    return fields;
  }

  @Override
  public String toString() {
    return String.join(" or ", shapes.stream().map(Objects::toString).toList());
  }
}
