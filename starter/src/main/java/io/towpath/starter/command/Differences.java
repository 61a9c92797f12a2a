package io.towpath.starter.command;

import io.towpath.workflows.ledger.ClaimDecision.Difference;
import io.towpath.workflows.model.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares two resolved requests field by field. */
final class Differences {
  private Differences() {}

  static List<Difference> between(Map<String, ?> recorded, Map<String, ?> asked) {
    Map<String, String> left = new TreeMap<>();
    Map<String, String> right = new TreeMap<>();
    flatten("", recorded, left);
    flatten("", asked, right);
    TreeSet<String> paths = new TreeSet<>(left.keySet());
    paths.addAll(right.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String path : paths) {
      String before = left.getOrDefault(path, "");
      String now = right.getOrDefault(path, "");
      if (!before.equals(now)) {
        differences.add(new Difference(path, before, now));
      }
    }
    return differences;
  }

  private static void flatten(String path, @Nullable Object value, Map<String, String> into) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> flatten(path.isEmpty() ? "" + key : path + "." + key, item, into));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        flatten(path + "[" + i + "]", list.get(i), into);
      }
    } else if (value != null) {
      into.put(path, CanonicalJson.write(value));
    }
  }
}
