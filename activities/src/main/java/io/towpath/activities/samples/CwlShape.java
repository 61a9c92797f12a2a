package io.towpath.activities.samples;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One alternative of a {@link CwlType}. */
sealed interface CwlShape {
  /**
   * The value in this shape; empty where it has another.
   *
   * @param converting whether texts become numbers and flags, and single values lists
   */
  Optional<Object> take(Object value, boolean converting);

  /** A file, a scalar, or a type that is not known here, which takes anything. */
  record Plain(String name) implements CwlShape {
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern NUMBER =
        Pattern.compile("-?(\\d{1,300}\\.?\\d{0,300}|\\.\\d{1,300})([eE][+-]?\\d{1,2})?");

    @Override
    public Optional<Object> take(Object value, boolean converting) {
      return switch (name) {
        case "File", "Directory" -> Optional.of(value).filter(this::isOfClass);
        case "string" -> Optional.of(value).filter(String.class::isInstance);
        case "boolean" -> flag(value, converting);
        case "int" -> whole(value, converting).filter(Plain::isInt).map(n -> n);
        case "long" -> whole(value, converting).map(n -> n);
        case "float", "double" -> number(value, converting);
        default -> Optional.of(value);
      };
    }

    private boolean isOfClass(Object value) {
      return value instanceof Map<?, ?> map
          && name.equals(map.get("class"))
          && map.get("path") instanceof String path
          && !path.isBlank();
    }

    private static Optional<Object> flag(Object value, boolean converting) {
      if (value instanceof Boolean) {
        return Optional.of(value);
      }
      String text = converting ? String.valueOf(value).toLowerCase(Locale.ROOT) : "";
      return text.equals("true") || text.equals("false")
          ? Optional.of(text.equals("true"))
          : Optional.empty();
    }

    private static Optional<Long> whole(Object value, boolean converting) {
      if (value instanceof Integer || value instanceof Long) {
        return Optional.of(((Number) value).longValue());
      }
      return converting && value instanceof String text && WHOLE.matcher(text.strip()).matches()
          ? Optional.of(Long.valueOf(text.strip()))
          : Optional.empty();
    }

    private static boolean isInt(long number) {
      return number == (int) number;
    }

    private static Optional<Object> number(Object value, boolean converting) {
      if (value instanceof Number && !(value instanceof BigInteger)) {
        return Optional.of(value);
      }
      return converting && value instanceof String text && NUMBER.matcher(text.strip()).matches()
          ? Optional.of(Double.valueOf(text.strip()))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** One of some words. */
  record Symbols(List<String> words) implements CwlShape {
    @Override
    public Optional<Object> take(Object value, boolean converting) {
      return Optional.of(value).filter(words::contains);
    }

    @Override
    public String toString() {
      return "one of " + words;
    }
  }

  /** A list. */
  record ListOf(CwlType items) implements CwlShape {
    @Override
    public Optional<Object> take(Object value, boolean converting) {
      if (!(value instanceof List<?> list)) {
        return converting ? items.take(value).map(List::of) : Optional.empty();
      }
      List<Object> taken = new ArrayList<>();
      list.forEach(item -> items.take(item, converting).ifPresent(taken::add));
      return taken.size() == list.size() ? Optional.of(taken) : Optional.empty();
    }

    @Override
    public String toString() {
      return "a list of " + items;
    }
  }

  /** An object with the fields that it names. */
  record Fields(Map<String, CwlType> types) implements CwlShape {
    @Override
    public Optional<Object> take(Object value, boolean converting) {
      if (!(value instanceof Map<?, ?> map) || !types.keySet().containsAll(map.keySet())) {
        return Optional.empty();
      }
      Map<String, Object> taken = new TreeMap<>();
      for (Map.Entry<String, CwlType> field : types.entrySet()) {
        Object own = map.get(field.getKey());
        Optional<Object> fitting = field.getValue().take(own, converting);
        if (fitting.isEmpty() && (own != null || !field.getValue().optional())) {
          return Optional.empty();
        }
        fitting.ifPresent(present -> taken.put(field.getKey(), present));
      }
      return Optional.of(taken);
    }

    @Override
    public String toString() {
      return "an object of " + types.keySet();
    }
  }
}
