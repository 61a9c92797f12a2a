package io.towpath.activities.samplesheet;

/** Values as messages show them. */
final class Shortened {
  private static final int MOST = 60;

  private Shortened() {}

  static String of(Object value) {
    String text = String.valueOf(value);
    return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
  }
}
