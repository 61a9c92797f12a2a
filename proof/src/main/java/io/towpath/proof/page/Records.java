package io.towpath.proof.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a run of the proof left in its folder: {@code cells.jsonl}, and where they were made {@code
 * run.json}, {@code protections.jsonl}, {@code habits.jsonl} and {@code budgets.jsonl}.
 */
final class Records {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  Records(Path folder) {
    this.folder = folder;
  }

  List<CellRecord> cells() throws IOException {
    return lines("cells.jsonl").stream().map(CellRecord::of).toList();
  }

  /** What is known of the run as a whole, text by name. */
  JsonNode run() throws IOException {
    Path file = folder.resolve("run.json");
    return Files.exists(file) ? JSON.readTree(Files.readString(file)) : JSON.createObjectNode();
  }

  /**
   * The project's own list of something, completed by what was measured.
   *
   * @param name of the list and of the file with measurements
   * @param key the field that tells which line a measurement is of; its others are what it tells
   */
  ArrayNode completed(String name, String key) throws IOException {
    ArrayNode list = known(name);
    for (JsonNode line : lines(name + ".jsonl")) {
      for (JsonNode one : list) {
        if (one.path(key).equals(line.path(key))) {
          ((ObjectNode) one).setAll((ObjectNode) line);
        }
      }
    }
    return list;
  }

  private static ArrayNode known(String name) throws IOException {
    String file = name + ".json";
    try (InputStream in = Objects.requireNonNull(Records.class.getResourceAsStream(file), file)) {
      return (ArrayNode) JSON.readTree(in);
    }
  }

  private List<JsonNode> lines(String name) throws IOException {
    Path file = folder.resolve(name);
    List<JsonNode> lines = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }
}
