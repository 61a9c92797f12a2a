package io.towpath.sandbox.synapse;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads entity ids as leniently as Synapse: with or without {@code syn}, in any case. */
final class EntityIds {
  private static final Pattern ID =
      Pattern.compile("(?:syn)?(\\d{1,18})(?:\\.(\\d{1,9}))?", Pattern.CASE_INSENSITIVE);

  private EntityIds() {}

  /** The id in its normal form. */
  static String normal(String text) {
    return parse(text).id();
  }

  static Versioned parse(String text) {
    Matcher matcher = ID.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw Refusals.badRequest(text + " is not a valid Synapse ID.");
    }
    String version = matcher.group(2);
    return new Versioned(
        "syn" + Long.parseLong(matcher.group(1)),
        version == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(version)));
  }

  static long number(String id) {
    return Long.parseLong(normal(id).substring(3));
  }

  /** An id that may name a version, as in {@code syn12.3}. */
  record Versioned(String id, OptionalLong version) {}
}
