package io.towpath.starter.screen;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One text stream to a person or a file. On a terminal the last block of lines can be redrawn; in a
 * pipe nothing is ever taken back.
 */
public final class Screen {
  private static final Pattern COLOUR = Pattern.compile("\033\\[[0-9;]*m");

  private final PrintStream stream;
  private final boolean terminal;
  private final boolean colour;
  private final int columns;
  private final Clock clock;
  private int redrawable;

  /**
   * A screen.
   *
   * @param terminal whether a person's terminal is at the other end
   * @param colour whether it may be coloured; {@code NO_COLOR} switches it off
   * @param columns width of the terminal
   */
  public Screen(PrintStream stream, boolean terminal, boolean colour, int columns, Clock clock) {
    this.stream = stream;
    this.terminal = terminal;
    this.colour = terminal && colour;
    this.columns = Math.max(40, columns);
    this.clock = clock;
  }

  public boolean terminal() {
    return terminal;
  }

  public Instant now() {
    return clock.instant();
  }

  /** Prints one line that stays; a block drawn before stays above it. */
  public void line(String text) {
    redrawable = 0;
    stream.println(text);
    stream.flush();
  }

  /** Puts these lines in the place of those of the last call; on a terminal only. */
  public void redraw(List<String> lines) {
    StringBuilder frame = new StringBuilder();
    if (redrawable > 0) {
      frame.append("\033[").append(redrawable).append("A\033[0J");
    }
    for (String line : lines) {
      frame.append(fitted(line)).append(System.lineSeparator());
    }
    stream.print(frame);
    stream.flush();
    redrawable = lines.size();
  }

  /** What fits into one line: a longer one would break and spoil the next redrawing. */
  private String fitted(String text) {
    String visible = COLOUR.matcher(text).replaceAll("");
    return visible.length() < columns ? text : visible.substring(0, columns - 2) + "…";
  }

  /** A state word in its colour. */
  public String painted(String state, String padded) {
    if (!colour) {
      return padded;
    }
    String code =
        switch (state) {
          case "done" -> "32";
          case "failed", "cancelled" -> "31";
          case "running" -> "36";
          case "attention" -> "33";
          default -> "2";
        };
    return "\033[" + code + "m" + padded + "\033[0m";
  }
}
