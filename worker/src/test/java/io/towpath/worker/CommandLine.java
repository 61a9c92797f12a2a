package io.towpath.worker;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.towpath.starter.Towpath;
import io.towpath.starter.terminal.Interruption;
import io.towpath.starter.terminal.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The {@code towpath} command, run in this JVM against a server, as a script would in a pipe. */
record CommandLine(String address, Map<String, String> settings) {
  private static final ObjectReader ONE_DOCUMENT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  CommandLine(String address) {
    this(address, Map.of());
  }

  /** What came of a command. */
  record Result(int exitCode, String out, String err) {
    /** Standard output, which must be exactly one document. */
    JsonNode json() {
      try {
        return ONE_DOCUMENT.readTree(out);
      } catch (IOException e) {
        throw new UncheckedIOException(out, e);
      }
    }

    /** Lines of the answer that a terminal of 80 columns would break, though they have spaces. */
    List<String> tooWide() {
      return out.lines()
          .filter(line -> line.length() > 80 && line.strip().indexOf(' ') > 0)
          .toList();
    }
  }

  /** Runs a command on a request, given on standard input. */
  Result on(Map<String, Object> request, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add(1, "round-trip");
    all.addAll(List.of("-f", "-"));
    return given(Stack.JSON.valueToTree(request).toString(), all.toArray(String[]::new));
  }

  Result run(String... words) {
    return given("", words);
  }

  private Result given(String standardInput, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Map<String, String> environment = new TreeMap<>(settings);
    environment.put("TEMPORAL_ADDRESS", address);
    environment.put("TEMPORAL_CONFIG_FILE", "");
    int code =
        Towpath.run(
            new Surroundings(
                new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                0,
                Duration.ofSeconds(12),
                new Interruption()),
            words);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
