package io.towpath.starter.command;

import java.util.Locale;

/** In which form a command answers. */
enum Answer {
  /** For people. */
  TEXT,
  /** Exactly one JSON document on standard output. */
  JSON,
  /** One JSON object a line, one line per change. */
  JSONL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
