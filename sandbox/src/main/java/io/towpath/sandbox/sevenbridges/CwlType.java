package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The type of an input or output in CWL: one of several alternatives, or a list of them.
 *
 * @param optional whether null is among the alternatives
 * @param kinds scalar kinds: File, Directory, string, int, …
 * @param items what lists hold, when lists are among the alternatives
 * @param symbols of an enum
 */
record CwlType(
    boolean optional, List<String> kinds, Optional<CwlType> items, List<String> symbols) {
  private static final Set<String> WHOLE = Set.of("int", "long");
  private static final Set<String> NUMBERS = Set.of("float", "double");

  /** Reads {@code "File?"}, {@code "string[]"}, {@code ["null", …]}, {@code {"type": …}}. */
  static CwlType read(JsonNode type) {
    if (type.isArray()) {
      CwlType union = new CwlType(false, List.of(), Optional.empty(), List.of());
      for (JsonNode one : type) {
        union = union.or(read(one));
      }
      return union;
    }
    if (type.isObject()) {
      return switch (type.path("type").asText()) {
        case "array" -> listOf(read(type.path("items")));
        case "enum" -> {
          List<String> symbols = new ArrayList<>();
          type.path("symbols").forEach(symbol -> symbols.add(symbol.asText()));
          yield new CwlType(false, List.of("enum"), Optional.empty(), symbols);
        }
        default -> read(type.path("type"));
      };
    }
    return named(type.asText());
  }

  private static CwlType named(String name) {
    if (name.endsWith("?")) {
      return named(name.substring(0, name.length() - 1))
          .or(new CwlType(true, List.of(), Optional.empty(), List.of()));
    }
    if (name.endsWith("[]")) {
      return listOf(named(name.substring(0, name.length() - 2)));
    }
    boolean none = name.equals("null");
    List<String> kinds = none ? List.of() : List.of(name);
    return new CwlType(none, kinds, Optional.empty(), List.of());
  }

  private static CwlType listOf(CwlType items) {
    return new CwlType(false, List.of(), Optional.of(items), List.of());
  }

  private CwlType or(CwlType other) {
    List<String> both = new ArrayList<>(kinds);
    both.addAll(other.kinds);
    List<String> allSymbols = new ArrayList<>(symbols);
    allSymbols.addAll(other.symbols);
    return new CwlType(
        optional || other.optional, both, items.isPresent() ? items : other.items, allSymbols);
  }

  /** Whether a value that is not null fits, as far as it can be told without looking at files. */
  boolean fits(JsonNode value) {
    if (value.isNull()) {
      return optional;
    }
    if (value.isArray()) {
      if (items.isEmpty()) {
        return kinds.contains("Any");
      }
      for (JsonNode item : value) {
        if (!items.get().fits(item)) {
          return false;
        }
      }
      return true;
    }
    return kinds.stream().anyMatch(kind -> fitsKind(kind, value));
  }

  private boolean fitsKind(String kind, JsonNode value) {
    if (WHOLE.contains(kind)) {
      return value.isIntegralNumber();
    }
    if (NUMBERS.contains(kind)) {
      return value.isNumber();
    }
    return switch (kind) {
      case "File", "Directory" -> value.path("class").asText().equals(kind);
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "enum" ->
          value.isTextual()
              && (symbols.contains(value.textValue())
                  || symbols.stream().anyMatch(s -> s.endsWith("/" + value.textValue())));
      case "record" -> value.isObject() && !value.has("class");
      default -> true;
    };
  }

  @Override
  public String toString() {
    List<String> names = new ArrayList<>(kinds);
    items.ifPresent(of -> names.add("list of " + of));
    String all = String.join(" or ", names);
    return symbols.isEmpty() ? all : all + " " + symbols;
  }
}
