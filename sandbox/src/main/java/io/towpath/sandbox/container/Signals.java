package io.towpath.sandbox.container;

import io.towpath.sandbox.image.Run;
import java.util.Locale;
import java.util.Map;

/** Signals by their names, as Linux numbers them. */
final class Signals {
  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("HUP", 1),
          Map.entry("INT", 2),
          Map.entry("QUIT", 3),
          Map.entry("KILL", Run.KILL),
          Map.entry("USR1", 10),
          Map.entry("USR2", 12),
          Map.entry("TERM", Run.TERMINATE),
          Map.entry("CONT", 18),
          Map.entry("STOP", 19));
  private static final int MOST = 64;

  private Signals() {}

  /** The number of a signal that is named {@code SIGTERM}, {@code TERM} or {@code 15}. */
  static int number(String text) {
    Integer known = NUMBERS.get(text.toUpperCase(Locale.ROOT).replaceFirst("^SIG", ""));
    if (known != null) {
      return known;
    }
    int number = text.matches("\\d{1,2}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > MOST) {
      throw Refusals.bad("Invalid signal: " + text);
    }
    return number;
  }
}
