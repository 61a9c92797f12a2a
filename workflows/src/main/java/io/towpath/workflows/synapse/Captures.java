package io.towpath.workflows.synapse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts with {@code {name}} in them, where the name is a capture of a pattern. */
public final class Captures {
  private static final Pattern NAME = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)}");

  private Captures() {}

  /** The text with each known name replaced by what it stands for. */
  public static String fill(String text, Map<String, String> captures) {
    return NAME.matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(captures.getOrDefault(m.group(1), m.group())));
  }

  /** Names in the text that no capture has. */
  public static List<String> unknownIn(String text, List<String> captures) {
    List<String> unknown = new ArrayList<>();
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      if (!captures.contains(matcher.group(1))) {
        unknown.add(matcher.group());
      }
    }
    return unknown;
  }
}
