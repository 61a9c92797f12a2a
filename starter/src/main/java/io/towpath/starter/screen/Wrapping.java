package io.towpath.starter.screen;

import java.util.ArrayList;
import java.util.List;

/** Breaks text at spaces; a word that is too long, such as an address, stays whole. */
public final class Wrapping {
  /** Columns that every terminal has. */
  public static final int COLUMNS = 80;

  private Wrapping() {}

  /** The lines of a text, each at most {@code width} wide where words allow. */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String given : text.split("\n", -1)) {
      String rest = given;
      int cut = cut(rest, width);
      while (cut > 0) {
        lines.add(rest.substring(0, cut));
        rest = rest.substring(cut + 1);
        cut = cut(rest, width);
      }
      lines.add(rest);
    }
    return lines;
  }

  /** Running text for a terminal; what is indented, such as a command to copy, stays as it is. */
  public static String paragraphs(String text) {
    List<String> lines = new ArrayList<>();
    for (String given : text.split("\n", -1)) {
      if (given.startsWith(" ")) {
        lines.add(given);
      } else {
        lines.addAll(lines(given, COLUMNS));
      }
    }
    return String.join("\n", lines);
  }

  private static int cut(String text, int width) {
    if (text.length() <= width) {
      return -1;
    }
    int last = text.lastIndexOf(' ', width);
    return last > 0 ? last : text.indexOf(' ', width);
  }
}
