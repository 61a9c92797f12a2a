package io.towpath.workflows.transfer;

import io.towpath.workflows.model.CountedText;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A rule that changes the names of staged files. What it costs is bounded by counting how often the
 * name is looked at, not by a clock, so that it ends the same way everywhere.
 *
 * @param match regular expression, searched for in the name; at most 200 characters
 * @param replace what every match becomes; {@code $1} is the first group
 */
public record Rename(String match, String replace) {
  private static final int LONGEST = 200;
  private static final int MOST_LOOKS = 100_000;
  private static final int PROBE = 80;
  private static final String ADVICE = "avoid several open ends in a row, such as .*.*.*";

  public Rename {
    if (match.length() > LONGEST || replace.length() > LONGEST) {
      throw new IllegalArgumentException(
          "has a text of more than " + LONGEST + " characters; split it into several rules");
    }
    Pattern pattern = compiled(match);
    checkReplacement(pattern, replace);
    checkCost(pattern);
  }

  /**
   * The name with every match replaced.
   *
   * @throws IllegalArgumentException when the expression takes too long on this name
   */
  public String apply(String name) {
    return replaced(Pattern.compile(match), replace, name);
  }

  private static Pattern compiled(String match) {
    try {
      return Pattern.compile(match);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "\"" + match + "\" is no regular expression: " + e.getDescription(), e);
    }
  }

  /** Replaces a match of nothing, in which every group that there is may be named. */
  private static void checkReplacement(Pattern match, String replace) {
    try {
      String text = Pattern.compile(match.pattern() + "|").matcher("").replaceFirst(replace);
      if (text.indexOf('/') >= 0) {
        throw new IllegalArgumentException("the replacement has a / in it, which no name may have");
      }
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "\"" + replace + "\" names a group that \"" + match + "\" does not have", e);
    }
  }

  /** Looks for expressions like {@code .*.*.*x} with names made of their own characters. */
  private static void checkCost(Pattern match) {
    ("a0_" + match.pattern())
        .chars()
        .distinct()
        .mapToObj(sign -> Character.toString(sign).repeat(PROBE) + '\u0001')
        .forEach(probe -> replaced(match, "", probe));
  }

  private static String replaced(Pattern pattern, String replace, String name) {
    return pattern.matcher(new CountedText(name, MOST_LOOKS, ADVICE)).replaceAll(replace);
  }
}
