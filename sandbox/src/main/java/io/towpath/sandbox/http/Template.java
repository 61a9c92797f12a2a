package io.towpath.sandbox.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route's path template, cut into segments. A literal beats a variable and a variable beats the
 * rest of a path, segment by segment from the left.
 */
final class Template {
  private final List<String> segments;

  Template(String template) {
    this.segments = cut(template);
  }

  /** The segments of a path; a slash at its end does not count. */
  static List<String> cut(String path) {
    List<String> cut = new ArrayList<>(List.of(path.split("/", -1)));
    cut.remove(0);
    if (!cut.isEmpty() && cut.get(cut.size() - 1).isEmpty()) {
      cut.remove(cut.size() - 1);
    }
    return cut;
  }

  /** The variables' decoded values when the percent-encoded path fits. */
  Optional<Map<String, String>> match(String rawPath) {
    List<String> given = cut(rawPath);
    boolean open = !segments.isEmpty() && isRest(segments.get(segments.size() - 1));
    if (open ? given.size() < segments.size() : given.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (isRest(segment)) {
        variables.put(segment.substring(1, segment.length() - 2), rest(rawPath, i));
      } else if (!fits(segment, given.get(i), variables)) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }

  /** Sorts more special templates first: one digit per segment. */
  String rank() {
    StringBuilder rank = new StringBuilder();
    for (String segment : segments) {
      rank.append(isRest(segment) ? '3' : isVariable(segment) ? '1' : '0');
    }
    return rank.append('2').toString();
  }

  private static boolean fits(String segment, String given, Map<String, String> variables) {
    String decoded = Urls.decodePath(given);
    int open = segment.indexOf('{');
    int close = segment.indexOf('}', Math.max(open, 0));
    if (open < 0 || close < 0) {
      return segment.equals(decoded);
    }
    String before = segment.substring(0, open);
    String after = segment.substring(close + 1);
    boolean fits =
        decoded.length() > before.length() + after.length()
            && decoded.startsWith(before)
            && decoded.endsWith(after);
    if (fits) {
      variables.put(
          segment.substring(open + 1, close),
          decoded.substring(before.length(), decoded.length() - after.length()));
    }
    return fits;
  }

  private static String rest(String rawPath, int skippedSegments) {
    int at = 0;
    for (int i = 0; i <= skippedSegments; i++) {
      at = rawPath.indexOf('/', at) + 1;
    }
    return Urls.decodePath(rawPath.substring(at));
  }

  private static boolean isVariable(String segment) {
    return segment.indexOf('{') >= 0;
  }

  private static boolean isRest(String segment) {
    return segment.startsWith("{") && segment.endsWith("+}");
  }
}
