package io.towpath.starter.schedule;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Five fields, {@code minute hour day-of-month month day-of-week}, of numbers or English names,
 * with {@code *}, lists, ranges and steps. Judged here, so that a file with a wrong one changes
 * nothing: the server would refuse it after others were applied.
 *
 * @param text as the server takes it
 */
record CronExpression(String text) {
  private static final List<Field> FIELDS =
      List.of(
          new Field("minute", 0, 59, List.of()),
          new Field("hour", 0, 23, List.of()),
          new Field("day of month", 1, 31, List.of()),
          new Field(
              "month",
              1,
              12,
              List.of(
                  "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                  "dec")),
          new Field(
              "day of week", 0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));

  private static final Pattern PART =
      Pattern.compile("(?:\\*|([0-9a-z]+)(?:-([0-9a-z]+))?)(?:/([1-9][0-9]*))?");

  CronExpression {
    String[] parts = text.strip().split("\\s+");
    if (parts.length != FIELDS.size()) {
      throw wrong(text, "it has " + parts.length + " fields instead of five");
    }
    for (int i = 0; i < parts.length; i++) {
      for (String part : parts[i].split(",", -1)) {
        FIELDS.get(i).require(text, part.toLowerCase(Locale.ROOT));
      }
    }
  }

  /**
   * One of the fields.
   *
   * @param names for {@code least}, the next one, and so on
   */
  private record Field(String name, int least, int most, List<String> names) {
    void require(String text, String part) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        throw wrong(text, "\"" + part + "\" is no " + name);
      }
      int from = matcher.group(1) == null ? least : number(text, matcher.group(1));
      int to = matcher.group(2) == null ? from : number(text, matcher.group(2));
      if (to < from) {
        throw wrong(text, name + " " + part + " ends before it begins");
      }
    }

    private int number(String text, String word) {
      int named = names.indexOf(word);
      int value = named >= 0 ? named + least : word.matches("[0-9]{1,2}") ? Integer.parseInt(word) : -1;
      if (value < least || value > most) {
        throw wrong(text, name + " " + word + " is not within " + least + " to " + most);
      }
      return value;
    }
  }

  private static IllegalArgumentException wrong(String text, String why) {
    return new IllegalArgumentException(
        "\"" + text + "\" is no cron expression: " + why + "; 0 6 * * 1-5 is six on weekdays");
  }
}
