package io.towpath.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.proof.check.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What the proof's page is made of: one line of JSON for each cell, in the folder that the system
 * property {@code towpath.proof} names; nothing where it is not set.
 */
final class Records {
  private static final String FOLDER = System.getProperty("towpath.proof", "");

  /** Whether anybody is to see them. */
  static final boolean WANTED = !FOLDER.isEmpty();

  private Records() {}

  /** Puts what the checker found into a record. */
  static void tell(ObjectNode record, Verdict verdict) {
    ObjectNode rules = record.putObject("rules");
    verdict.outcomes().forEach((rule, outcome) -> rules.put(rule.id(), outcome.toString()));
    record.put("doublesMade", verdict.doublesMade()).put("calls", verdict.calls());
  }

  /** Adds what a cell left. */
  static void add(ObjectNode record) {
    add("cells.jsonl", record);
  }

  /**
   * Adds what was measured.
   *
   * @param budget as the page's own list of budgets calls it
   */
  static void measured(String budget, String value) {
    add(
        "budgets.jsonl",
        Stack.JSON.createObjectNode().put("budget", budget).put("measured", value));
  }

  /** Adds a line to a file of the proof. */
  static synchronized void add(String name, ObjectNode record) {
    if (!WANTED) {
      return;
    }
    try {
      Path file = Files.createDirectories(Path.of(FOLDER)).resolve(name);
      Files.writeString(file, record + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
