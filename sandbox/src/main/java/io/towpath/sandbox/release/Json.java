package io.towpath.sandbox.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON as maps, lists, texts, numbers, booleans and null. */
final class Json {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:([{}\\[\\]:,])|\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s{}\\[\\]:,\"]+))\\s*");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(u....|.)");

  private final Matcher tokens;

  private Json(String text) {
    this.tokens = TOKEN.matcher(text);
  }

  static @Nullable Object parse(String text) {
    Json json = new Json(text);
    json.next();
    return json.value();
  }

  private void next() {
    if (!tokens.find()) {
      throw new IllegalArgumentException("the JSON ends too early");
    }
  }

  private boolean is(String sign) {
    return sign.equals(tokens.group(1));
  }

  private @Nullable Object value() {
    if (is("{")) {
      return object();
    }
    if (is("[")) {
      return list();
    }
    return tokens.group(2) != null
        ? unescaped(tokens.group(2))
        : Yaml.scalar(String.valueOf(tokens.group(3)));
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (next(); !is("}"); next()) {
      if (!is(",")) {
        String name = unescaped(String.valueOf(tokens.group(2)));
        next();
        next();
        object.put(name, value());
      }
    }
    return object;
  }

  private List<@Nullable Object> list() {
    List<@Nullable Object> list = new ArrayList<>();
    for (next(); !is("]"); next()) {
      if (!is(",")) {
        list.add(value());
      }
    }
    return list;
  }

  private static String unescaped(String text) {
    return text.indexOf('\\') < 0
        ? text
        : ESCAPE
            .matcher(text)
            .replaceAll(found -> Matcher.quoteReplacement(character(found.group(1))));
  }

  private static String character(String escape) {
    if (escape.length() > 1) {
      return String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
    }
    int at = "nrtbf".indexOf(escape);
    return at < 0 ? escape : String.valueOf("\n\r\t\b\f".charAt(at));
  }

  static String write(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      List<String> fields = new ArrayList<>();
      map.forEach((name, one) -> fields.add(write(String.valueOf(name)) + ":" + write(one)));
      return "{" + String.join(",", fields) + "}";
    }
    if (value instanceof List<?> list) {
      return "[" + String.join(",", list.stream().map(Json::write).toList()) + "]";
    }
    if (value instanceof String text) {
      String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
      return '"' + escaped.replace("\r", "\\r").replace("\t", "\\t") + '"';
    }
    return String.valueOf(value);
  }
}
