package io.towpath.worker.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads the files of {@code deploy/}; JSON is read as the YAML that it is. */
final class Kit {
  static final ObjectMapper YAML = new YAMLMapper();

  private static final Path FOLDER =
      Path.of(System.getProperty("towpath.root", ".."), "deploy").toAbsolutePath().normalize();

  private Kit() {}

  /** All files below a folder whose names end so, in order. */
  static List<Path> files(String folder, String end) {
    try (Stream<Path> files = Files.walk(FOLDER.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The objects of a file that may have several documents. */
  static List<JsonNode> documents(Path file) {
    try (var documents =
        YAML.readerFor(JsonNode.class).<JsonNode>readValues(Files.newInputStream(file))) {
      return documents.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** The document of a file that has one. */
  static JsonNode document(String file) {
    try {
      return YAML.readTree(Files.newInputStream(FOLDER.resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
