package io.towpath.starter.request;

import io.towpath.starter.exit.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** A request as its submitter wrote it: a JSON or YAML file, or standard input. */
public record RequestFile(String name, Map<String, Object> request) {
  /** Far above any real request, far below what a Temporal payload may hold (2 MiB). */
  static final int MAX_BYTES = 1 << 20;

  /**
   * Reads the file; {@code -} is standard input. What is malformed is told with line and column.
   */
  public static RequestFile read(String file, InputStream standardInput) {
    String name = file.equals("-") ? "standard input" : file;
    String text = decoded(name, file.equals("-") ? drained(standardInput) : bytes(file));
    if (text.isBlank()) {
      throw Stop.badInput(name + " is empty; a request is one JSON or YAML object");
    }
    try {
      return new RequestFile(name, isJson(file, text) ? JsonText.read(text) : YamlText.read(text));
    } catch (MalformedText e) {
      throw Stop.badInput(name + ":" + e.getMessage() + "; nothing was started.");
    }
  }

  /**
   * A JSON object that was given as an option.
   *
   * @param name what to call it when it is malformed
   */
  public static Map<String, Object> object(String name, String text) {
    try {
      return JsonText.read(text);
    } catch (MalformedText e) {
      throw Stop.badInput(name + ":" + e.getMessage() + "; nothing was started.");
    }
  }

  private static boolean isJson(String file, String text) {
    String lower = file.toLowerCase(Locale.ROOT);
    boolean yaml = lower.endsWith(".yaml") || lower.endsWith(".yml");
    return lower.endsWith(".json") || (!yaml && text.stripLeading().startsWith("{"));
  }

  private static byte[] bytes(String file) {
    Path path = Path.of(file);
    try {
      if (Files.isDirectory(path)) {
        throw Stop.badInput(file + " is a folder, not a file");
      }
      try (InputStream stream = Files.newInputStream(path)) {
        return drained(stream);
      }
    } catch (NoSuchFileException e) {
      throw Stop.badInput(file + " does not exist");
    } catch (IOException e) {
      throw Stop.badInput(file + " cannot be read: " + e.getMessage());
    }
  }

  private static byte[] drained(InputStream stream) {
    try {
      byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw Stop.badInput("a request has at most 1 MiB; put sheets and lists into Synapse or S3");
      }
      return bytes;
    } catch (IOException e) {
      throw Stop.badInput("the request cannot be read: " + e.getMessage());
    }
  }

  private static String decoded(String name, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw Stop.badInput(name + " is not UTF-8 text");
    }
  }
}
