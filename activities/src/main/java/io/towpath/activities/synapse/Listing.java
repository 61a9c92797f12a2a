package io.towpath.activities.synapse;

import java.util.List;

/** Lists in messages: all of a few, the first of many. */
final class Listing {
  private static final int MOST = 50;

  private Listing() {}

  static String of(List<String> items, String separator) {
    if (items.size() <= MOST) {
      return String.join(separator, items);
    }
    return String.join(separator, items.subList(0, MOST))
        + separator
        + "and "
        + (items.size() - MOST)
        + " more";
  }
}
