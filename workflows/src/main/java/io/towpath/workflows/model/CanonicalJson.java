package io.towpath.workflows.model;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tree of maps, lists, texts, numbers and booleans in one form only: keys sorted by code
 * point, no white space, absent optionals and nulls left out, numbers without exponent or trailing
 * zeros. Digests are taken over this text, so its form never changes (a golden test holds it).
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  public static String write(@Nullable Object tree) {
    StringBuilder out = new StringBuilder();
    append(out, tree);
    return out.toString();
  }

  private static void append(StringBuilder out, @Nullable Object tree) {
    if (tree instanceof Optional<?> optional) {
      append(out, optional.isPresent() ? optional.get() : null);
    } else if (tree instanceof Map<?, ?> map) {
      appendMap(out, map);
    } else if (tree instanceof Iterable<?> list) {
      appendList(out, list);
    } else if (tree instanceof Number number) {
      out.append(number(number));
    } else if (tree == null || tree instanceof Boolean) {
      out.append(tree);
    } else {
      appendText(out, tree.toString());
    }
  }

  private static void appendMap(StringBuilder out, Map<?, ?> map) {
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach(
        (key, value) -> {
          Object present = value instanceof Optional<?> o ? o.orElse(null) : value;
          if (present != null) {
            sorted.put(key.toString(), present);
          }
        });
    out.append('{');
    String separator = "";
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      out.append(separator);
      appendText(out, entry.getKey());
      out.append(':');
      append(out, entry.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private static void appendList(StringBuilder out, Iterable<?> list) {
    out.append('[');
    String separator = "";
    for (Object item : list) {
      out.append(separator);
      append(out, item);
      separator = ",";
    }
    out.append(']');
  }

  private static String number(Number number) {
    BigDecimal decimal = new BigDecimal(number.toString());
    return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
  }

  private static void appendText(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append("\\u00")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
