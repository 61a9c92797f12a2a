package io.towpath.workflows.ledger;

import io.towpath.workflows.ledger.ClaimDecision.Difference;
import io.towpath.workflows.model.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares two resolved requests field by field, for the person who has to choose. */
public final class Differences {
  private static final int MOST = 40;
  private static final int MOST_OF_A_VALUE = 160;

  private Differences() {}

  /** The differing fields by path, at most {@value #MOST}, long values cut. */
  public static List<Difference> between(Map<String, ?> recorded, Map<String, ?> asked) {
    Map<String, String> before = new TreeMap<>();
    Map<String, String> after = new TreeMap<>();
    flatten("", recorded, before);
    flatten("", asked, after);
    TreeSet<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String path : paths) {
      String was = before.getOrDefault(path, "");
      String is = after.getOrDefault(path, "");
      if (!was.equals(is) && differences.size() < MOST) {
        differences.add(new Difference(path, cut(was), cut(is)));
      }
    }
    return differences;
  }

  private static void flatten(String path, @Nullable Object value, Map<String, String> into) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach(
          (name, below) -> flatten(path.isEmpty() ? "" + name : path + "." + name, below, into));
    } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
      for (int i = 0; i < list.size(); i++) {
        flatten(path + "[" + i + "]", list.get(i), into);
      }
    } else if (value != null) {
      into.put(path, CanonicalJson.write(value));
    }
  }

  private static String cut(String text) {
    return text.length() <= MOST_OF_A_VALUE ? text : text.substring(0, MOST_OF_A_VALUE) + "…";
  }
}
