package io.towpath.activities.synapse;

import io.towpath.workflows.model.Sha256;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names as Synapse takes them: {@code [a-zA-Z0-9,_. \-+()']}, at most 256 characters, no white
 * space at the ends.
 */
final class EntityName {
  /** The longest name, in characters. */
  static final int LONGEST = 256;

  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9,_. \\-+()']+");

  /** An underscore that would read as the begin of an escape, now or once it is escaped. */
  private static final Pattern LIKE_ESCAPE =
      Pattern.compile("_(?=x[0-9A-F]{4,6}(?:_|[^a-zA-Z0-9,. \\-+()']| $))");

  private static final Pattern EXTENSION = Pattern.compile("(?:\\.[a-zA-Z0-9]{1,8}){1,2}$");

  /** The empty name: an escape that no character has, with two digits more than it needs. */
  private static final String NOTHING = "_x000000_";

  /** 80 bits: no two of the names that one folder takes. */
  private static final int DIGEST = 20;

  private EntityName() {}

  static boolean legal(String name) {
    return LEGAL.matcher(name).matches() && name.equals(name.strip()) && name.length() <= LONGEST;
  }

  /**
   * The name with each illegal character written as {@code _xHHHH_}, its code point in hex. Two
   * names never become one: an underscore that would look like the begin of such an escape is
   * escaped itself. Where that is longer than Synapse takes, its end gives way to a digest of the
   * name; the extension stays.
   */
  static String sanitized(String name) {
    if (name.isEmpty()) {
      return NOTHING;
    }
    String escaped = escaped(name);
    return escaped.length() <= LONGEST ? escaped : shortened(escaped);
  }

  private static String shortened(String escaped) {
    Matcher extension = EXTENSION.matcher(escaped);
    String end =
        "_h"
            + HexFormat.of().formatHex(Sha256.of(escaped)).substring(0, DIGEST)
            + "_"
            + (extension.find() ? extension.group() : "");
    return escaped.substring(0, LONGEST - end.length()) + end;
  }

  private static String escaped(String name) {
    StringBuilder out = new StringBuilder();
    Matcher like = LIKE_ESCAPE.matcher(name);
    int length = name.length();
    for (int at = 0; at < length; at += Character.charCount(name.codePointAt(at))) {
      int point = name.codePointAt(at);
      boolean atEnd = at == 0 || at == length - 1;
      boolean escaped = point == '_' && like.region(at, length).lookingAt();
      if (escaped || (point == ' ' && atEnd) || !legalPoint(point)) {
        out.append(escape(point));
      } else {
        out.appendCodePoint(point);
      }
    }
    return out.toString();
  }

  private static boolean legalPoint(int point) {
    return LEGAL.matcher(Character.toString(point)).matches();
  }

  private static String escape(int point) {
    return "_x" + String.format(Locale.ROOT, "%04X", point) + "_";
  }
}
