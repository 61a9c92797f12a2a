package io.towpath.starter.terminal;

import java.io.PrintStream;

/** What is said when a person presses Ctrl-C: that the run goes on, and how to look at it again. */
public final class Interruption {
  private volatile String words = "";

  /** From now on, an interruption says this; an empty text says nothing. */
  public void says(String text) {
    words = text;
  }

  /** The words as they stand now. */
  public String words() {
    return words;
  }

  /** Prints the words when the process is interrupted; the JVM itself then exits with 130. */
  public void printOnExit(PrintStream err) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  String text = words;
                  if (!text.isEmpty()) {
                    err.println();
                    err.println(text);
                    err.flush();
                  }
                },
                "interruption"));
  }
}
