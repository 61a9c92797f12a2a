package io.towpath.starter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.towpath.starter.terminal.Interruption;
import io.towpath.starter.terminal.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Runs {@code towpath} in this process, with streams and environment of its own. */
final class TestCommand {
  private final Map<String, String> env;
  private final Interruption interruption = new Interruption();

  TestCommand(String address) {
    env = new TreeMap<>(Map.of("TEMPORAL_ADDRESS", address, "TEMPORAL_CONFIG_FILE", ""));
  }

  /** What came of a command. */
  record Result(int exitCode, String out, String err) {
    JsonNode json() {
      try {
        return JsonMapper.builder()
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readTree(out);
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A request whose {@code dataset} tells the fakes what to do, under a key of its own. */
  static String request(String dataset, String recipe) {
    return request(dataset, recipe, "owner/name");
  }

  static String request(String dataset, String recipe, String pipeline) {
    return "{\"dataset\":\""
        + dataset
        + "\",\"recipe\":\""
        + recipe
        + "\",\"manifest\":{\"synId\":\"syn1.1\"},\"stage\":{\"to\":\"s3://bucket/p/\"},"
        + "\"runs\":[{\"name\":\"reads\",\"pipeline\":\""
        + pipeline
        + "\"}],\"index\":{\"parent\":\"syn2\"}}";
  }

  Result run(String... arguments) {
    return given("", arguments);
  }

  Result given(String standardInput, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Towpath.run(
            new Surroundings(
                new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                env,
                0,
                Duration.ofSeconds(2),
                interruption),
            arguments);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
