package io.towpath.activities.samplesheet;

import java.util.ArrayList;
import java.util.List;

/** Values as messages show them. */
public final class Shortened {
  private static final int MOST = 60;
  private static final int MOST_WARNINGS = 50;

  private Shortened() {}

  public static String of(Object value) {
    String text = String.valueOf(value);
    return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
  }

  /** The first of many warnings, and how many there are more. */
  public static List<String> warnings(List<String> warnings) {
    if (warnings.size() <= MOST_WARNINGS) {
      return List.copyOf(warnings);
    }
    List<String> first = new ArrayList<>(warnings.subList(0, MOST_WARNINGS));
    first.add("and " + (warnings.size() - MOST_WARNINGS) + " more warnings");
    return first;
  }
}
