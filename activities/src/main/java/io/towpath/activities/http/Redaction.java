package io.towpath.activities.http;

import java.util.regex.Pattern;

/**
 * Takes out of a text what must not reach a message, a log or a history: signed URLs and tokens.
 */
public final class Redaction {
  private static final Pattern URL_QUERY =
      Pattern.compile("(\\bhttps?://[^\\s\"'<>?]*)\\?[^\\s\"'<>]*");
  private static final Pattern URL_USER = Pattern.compile("(\\w://)[^\\s/@\"'<>]+@");
  private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]{8,}");
  private static final Pattern TOKEN_FIELD =
      Pattern.compile(
          "(?i)\\b([\\w-]*(?:signature|security-token|auth-token|access[-_]?token|password|secret))"
              + "(\"?\\s*[=:]\\s*\"?)[^\\s\"&,;]{4,}");
  private static final Pattern JWT = Pattern.compile("\\beyJ[\\w-]{8,}\\.[\\w-]+(\\.[\\w-]*)?");

  private Redaction() {}

  /** The text without query strings of URLs, user info in URLs, bearer tokens and token fields. */
  public static String of(String text) {
    String shown = URL_QUERY.matcher(text).replaceAll("$1?…");
    shown = URL_USER.matcher(shown).replaceAll("$1…@");
    shown = JWT.matcher(shown).replaceAll("…");
    shown = BEARER.matcher(shown).replaceAll("$1 …");
    return TOKEN_FIELD.matcher(shown).replaceAll("$1$2…");
  }
}
