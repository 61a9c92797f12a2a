package io.towpath.starter.terminal;

import io.towpath.starter.screen.Screen;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * What a command sees of the world; tests put their own in.
 *
 * @param in standard input
 * @param out for answers
 * @param err for progress, problems and logs
 * @param env the environment
 * @param columns width of the terminal at {@code err}; 0 when that is none
 * @param workerPatience how long a short workflow may wait for a worker to take it up
 * @param interruption what Ctrl-C prints
 */
public record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> env,
    int columns,
    Duration workerPatience,
    Interruption interruption) {

  /** The screen for progress. */
  public Screen progress() {
    return screen(err);
  }

  /** The screen for answers. */
  public Screen answers() {
    return screen(out);
  }

  private Screen screen(PrintStream stream) {
    boolean colour = env.getOrDefault("NO_COLOR", "").isEmpty();
    return new Screen(stream, columns > 0, colour, columns, Clock.systemUTC());
  }
}
