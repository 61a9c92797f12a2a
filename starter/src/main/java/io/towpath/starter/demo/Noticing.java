package io.towpath.starter.demo;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Passes everything on, and once a word has passed does something about it. */
final class Noticing extends FilterOutputStream {
  private final String word;
  private final Runnable then;
  private boolean noticed;

  private Noticing(OutputStream passedTo, String word, Runnable then) {
    super(passedTo);
    this.word = word;
    this.then = then;
  }

  /** A screen that notices the word, in a thread of its own, once. */
  static PrintStream on(PrintStream screen, String word, Runnable then) {
    return new PrintStream(new Noticing(screen, word, then), true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    if (!noticed && new String(bytes, offset, length, StandardCharsets.UTF_8).contains(word)) {
      noticed = true;
      Thread thread = new Thread(then, "noticed");
      thread.setDaemon(true);
      thread.start();
    }
  }
}
