package io.towpath.workflows.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern over the path of an object below its prefix. As in the shell, {@code *} and {@code ?}
 * stay within a folder; {@code **} crosses folders, and {@code **}{@code /} also means no folder at
 * all. {@code [a-z]} and {@code {a,b}} choose; a backslash takes the sign after it as it is. Not
 * {@code java.nio}'s, which fails on names outside the platform's character set.
 */
public final class Glob {
  private static final Pattern CAPTURE = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)}");

  /** On a key of 1,024 characters, as S3 has them, two open ends need a tenth. */
  private static final int MOST_LOOKS = 5_000_000;

  private final Pattern pattern;
  private final List<String> captures;

  private Glob(String text, boolean capturing) {
    List<String> names = new ArrayList<>();
    try {
      this.pattern = Pattern.compile(regexOf(text, capturing, names), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a glob; expected for example **/*.bam or {bam,cram}/**", e);
    }
    this.captures = List.copyOf(names);
  }

  /** A glob that only says yes or no. */
  public static Glob plain(String text) {
    return new Glob(text, false);
  }

  /**
   * A glob in which {@code {name}} stands for at least one sign within a folder, as many as fit,
   * and keeps them; a name that stands in it twice must stand for the same both times.
   */
  public static Glob capturing(String text) {
    return new Glob(text, true);
  }

  /**
   * Whether the path is meant.
   *
   * @throws IllegalArgumentException when there are too many stars to tell
   */
  public boolean matches(String path) {
    return matcher(path).matches();
  }

  /** What the captures stand for in this path; empty where it does not match. */
  public Optional<Map<String, String>> captured(String path) {
    Matcher matcher = matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> found = new TreeMap<>();
    for (int i = 0; i < captures.size(); i++) {
      String value = matcher.group(i + 1);
      if (value != null) {
        found.put(captures.get(i), value);
      }
    }
    return Optional.of(found);
  }

  private Matcher matcher(String path) {
    return pattern.matcher(new CountedText(path, MOST_LOOKS, "write fewer * and ** into a glob"));
  }

  /** Names of the captures, in order. */
  public List<String> captures() {
    return captures;
  }

  private static String regexOf(String glob, boolean capturing, List<String> names) {
    StringBuilder regex = new StringBuilder();
    Matcher capture = CAPTURE.matcher(glob);
    boolean choosing = false;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i) && (i == 0 || glob.charAt(i - 1) == '/')) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (glob.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '[' && glob.indexOf(']', i + 2) > 0) {
        int end = glob.indexOf(']', i + 2);
        regex.append(classOf(glob.substring(i + 1, end)));
        i = end;
      } else if (c == '\\' && i + 1 < glob.length()) {
        i++;
        regex.append(Pattern.quote(glob.substring(i, i + 1)));
      } else if (capturing && c == '{' && capture.region(i, glob.length()).lookingAt()) {
        regex.append(groupOf(capture.group(1), names));
        i = capture.end() - 1;
      } else if (c == '{' || (c == '}' && choosing)) {
        choosing = c == '{';
        regex.append(choosing ? "(?:" : ")");
      } else {
        regex.append(one(c, choosing));
      }
    }
    return regex.toString();
  }

  private static String groupOf(String name, List<String> names) {
    int known = names.indexOf(name);
    if (known >= 0) {
      return "(?:\\" + (known + 1) + ")";
    }
    names.add(name);
    return "([^/]+)";
  }

  private static String one(char c, boolean choosing) {
    return switch (c) {
      case '*' -> "[^/]*";
      case '?' -> "[^/]";
      case ',' -> choosing ? "|" : ",";
      default -> Pattern.quote(String.valueOf(c));
    };
  }

  private static String classOf(String signs) {
    boolean not = signs.startsWith("!") || signs.startsWith("^");
    String chosen = (not ? signs.substring(1) : signs).replaceAll("[\\[\\]\\\\&^]", "\\\\$0");
    return "(?!/)[" + (not ? "^" : "") + chosen + "]";
  }
}
