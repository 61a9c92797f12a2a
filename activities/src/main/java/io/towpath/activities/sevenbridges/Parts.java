package io.towpath.activities.sevenbridges;

import java.util.ArrayList;
import java.util.List;

/** Lists in parts that one call takes. */
final class Parts {
  private Parts() {}

  static <T> List<List<T>> of(List<T> whole, int most) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < whole.size(); from += most) {
      parts.add(whole.subList(from, Math.min(whole.size(), from + most)));
    }
    return parts;
  }
}
