package io.towpath.activities.glob;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Globs over a name, or the path of an object below its prefix. As in the shell, {@code *} and
 * {@code ?} stay within a folder; {@code **} crosses folders, and {@code **}{@code /} also means no
 * folder at all. {@code [a-z]} and {@code {a,b}} choose; a backslash takes the sign after it as it
 * is. Not {@code java.nio}'s, which fails on names outside the platform's character set.
 */
public final class Globs {
  private final List<Pattern> include;
  private final List<Pattern> exclude;

  /** Without an include, everything is included; an exclude always wins. */
  public Globs(List<String> include, List<String> exclude) {
    this.include = include.stream().map(Globs::compile).toList();
    this.exclude = exclude.stream().map(Globs::compile).toList();
  }

  public boolean take(String path) {
    return (include.isEmpty() || matches(include, path)) && !matches(exclude, path);
  }

  private static boolean matches(List<Pattern> globs, String path) {
    return globs.stream().anyMatch(glob -> glob.matcher(path).matches());
  }

  private static Pattern compile(String glob) {
    try {
      return Pattern.compile(regexOf(glob), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "\"" + glob + "\" is not a glob; expected for example **/*.bam or {bam,cram}/**");
    }
  }

  private static String regexOf(String glob) {
    StringBuilder regex = new StringBuilder();
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
      } else if (c == '{' || (c == '}' && choosing)) {
        choosing = c == '{';
        regex.append(choosing ? "(?:" : ")");
      } else {
        regex.append(one(c, choosing));
      }
    }
    return regex.toString();
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
