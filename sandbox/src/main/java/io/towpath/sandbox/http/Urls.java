package io.towpath.sandbox.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Percent-decoding that takes every request target, also a malformed one, without failing. */
public final class Urls {
  private Urls() {}

  /** Decodes a path: {@code +} stays a plus. */
  public static String decodePath(String raw) {
    return decode(raw, false);
  }

  /**
   * Decodes a query string in order; {@code +} is a space, a name without value has an empty one.
   */
  public static Map<String, List<String>> query(String raw) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair : raw.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query
            .computeIfAbsent(decode(name, true), any -> new ArrayList<>())
            .add(decode(value, true));
      }
    }
    return query;
  }

  private static String decode(String raw, boolean plusIsSpace) {
    if (raw.indexOf('%') < 0 && (!plusIsSpace || raw.indexOf('+') < 0)) {
      return raw;
    }
    byte[] from = raw.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream to = new ByteArrayOutputStream(from.length);
    for (int i = 0; i < from.length; i++) {
      int escaped = from[i] == '%' ? escaped(from, i) : -1;
      if (escaped >= 0) {
        to.write(escaped);
        i += 2;
      } else {
        to.write(plusIsSpace && from[i] == '+' ? ' ' : from[i]);
      }
    }
    return to.toString(StandardCharsets.UTF_8);
  }

  private static int escaped(byte[] from, int at) {
    if (at + 2 >= from.length) {
      return -1;
    }
    int high = Character.digit(from[at + 1], 16);
    int low = Character.digit(from[at + 2], 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
