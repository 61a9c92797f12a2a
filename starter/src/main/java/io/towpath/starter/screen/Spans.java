package io.towpath.starter.screen;

import java.time.Duration;
import java.util.Locale;

/** Writes times and sizes as people say them. */
public final class Spans {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

  private Spans() {}

  /** {@code 0.3 s}, {@code 4 min 5 s}, {@code 2 h 10 min}, {@code 3 d 4 h}. */
  public static String of(Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", Math.max(0, span.toMillis()) / 1000.0);
    }
    if (seconds < 3600) {
      return two(seconds / 60, "min", seconds % 60, "s");
    }
    if (seconds < 86_400) {
      return two(seconds / 3600, "h", seconds % 3600 / 60, "min");
    }
    return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
  }

  /** {@code 829 kB}, {@code 1.4 GB}: decimal units, as storage is billed. */
  public static String bytes(long count) {
    double value = count;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    boolean whole = unit == 0 || value >= 9.95;
    return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    String text = large + " " + largeUnit;
    return small == 0 ? text : text + " " + small + " " + smallUnit;
  }
}
