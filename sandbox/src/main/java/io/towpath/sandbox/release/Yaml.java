package io.towpath.sandbox.release;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** As much of YAML as configurations of releases use: blocks of maps and lists, anchors, texts. */
final class Yaml {
  private static final Pattern ENTRY = Pattern.compile("([\\w.-]+):(?: +(.*))?");
  private static final Pattern ANCHOR = Pattern.compile("&(\\S+) *(.*)");

  private record Line(int indent, String text) {}

  private final List<Line> lines = new ArrayList<>();
  private final Map<String, @Nullable Object> anchors = new LinkedHashMap<>();
  private int at;

  private Yaml() {}

  static @Nullable Object parse(String text) {
    Yaml yaml = new Yaml();
    for (String line : text.lines().toList()) {
      String plain = line.replaceFirst("(^|\\s+)#.*$", "").stripTrailing();
      if (!plain.isEmpty() && !plain.equals("---")) {
        yaml.lines.add(new Line(plain.length() - plain.stripLeading().length(), plain.strip()));
      }
    }
    return yaml.block(0);
  }

  private boolean goesOn(int indent, boolean item) {
    return at < lines.size()
        && lines.get(at).indent() == indent
        && lines.get(at).text().startsWith("- ") == item;
  }

  private @Nullable Object block(int indent) {
    if (goesOn(indent, true)) {
      List<@Nullable Object> list = new ArrayList<>();
      while (goesOn(indent, true)) {
        list.add(item(indent));
      }
      return list;
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (goesOn(indent, false)) {
      Matcher entry = ENTRY.matcher(lines.get(at).text());
      if (!entry.matches()) {
        return scalar(lines.get(at++).text());
      }
      at++;
      map.put(entry.group(1), named(entry.group(2) == null ? "" : entry.group(2), indent));
    }
    return map;
  }

  /** What follows the dash is a block that begins there. */
  private @Nullable Object item(int indent) {
    String item = lines.get(at).text().substring(1);
    int inner = indent + 1 + item.length() - item.stripLeading().length();
    lines.set(at, new Line(inner, item.strip()));
    return block(inner);
  }

  private @Nullable Object named(String text, int indent) {
    Matcher anchor = ANCHOR.matcher(text);
    if (anchor.matches()) {
      Object value = named(anchor.group(2), indent);
      anchors.put(anchor.group(1), value);
      return value;
    }
    if (text.startsWith("*")) {
      return anchors.get(text.substring(1));
    }
    if (text.isEmpty() && at < lines.size()) {
      int next = lines.get(at).indent();
      return next > indent || goesOn(indent, true) ? block(next) : null;
    }
    return text.startsWith("[") || text.startsWith("{") ? Json.parse(text) : scalar(text);
  }

  static @Nullable Object scalar(String text) {
    if (text.matches("\".*\"|'.*'")) {
      return text.substring(1, text.length() - 1);
    }
    if (text.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
      return new BigDecimal(text);
    }
    return switch (text) {
      case "", "null", "~" -> null;
      case "true" -> true;
      case "false" -> false;
      default -> text;
    };
  }
}
