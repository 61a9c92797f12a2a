package io.towpath.sandbox.engine;

/** One run under way, or ended; how it stands is asked, never pushed. */
public interface Execution {
  RunState look();

  /** Asks for the end; the run becomes CANCELLED a moment later unless it ended first. */
  void cancel();

  /** The head job's own log, as far as it is written. */
  String headLog();
}
