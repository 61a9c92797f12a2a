package io.towpath.starter.exit;

import java.util.Map;
import java.util.TreeMap;

/** Ends a command with an exit code and a text for the person who can mend it; no stack trace. */
public final class Stop extends RuntimeException {
  private final int exitCode;
  private final String kind;
  private final transient Map<String, Object> details;

  /**
   * What ends the command.
   *
   * @param exitCode one of {@link ExitCode}
   * @param kind failure kind for {@code -o json}
   * @param text one or more lines: what failed, why, and what to do
   * @param details the same for programs
   */
  public Stop(int exitCode, String kind, String text, Map<String, Object> details) {
    super(text, null, false, false);
    this.exitCode = exitCode;
    this.kind = kind;
    this.details = new TreeMap<>(details);
  }

  /** The input or the command line is wrong, and nothing was started. */
  public static Stop badInput(String text) {
    return new Stop(ExitCode.BAD_INPUT, "INPUT_REJECTED", text, Map.of());
  }

  /** Temporal, its worker or a platform does not answer or refuses. */
  public static Stop unreachable(String text) {
    return new Stop(ExitCode.UNREACHABLE, "PLATFORM_UNAVAILABLE", text, Map.of());
  }

  /** The run is in no state for what was asked of it. */
  public static Stop wrongState(String text) {
    return new Stop(ExitCode.FAILED, "WRONG_STATE", text, Map.of());
  }

  public int exitCode() {
    return exitCode;
  }

  /** Text for people. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /** The {@code failure} object of {@code -o json}. */
  public Map<String, Object> asFailure() {
    Map<String, Object> failure = new TreeMap<>();
    failure.put("kind", kind);
    failure.put("message", text().lines().findFirst().orElse(""));
    failure.put("details", details);
    return failure;
  }
}
