package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each protection is one: with it its misfortune does no harm, and without it some. */
@Tag("proof")
@Tag("matrix")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProtectionIT {
  @ParameterizedTest
  @EnumSource
  void its_misfortune_does_harm_without_it_and_none_with_it(Protection protection)
      throws IOException {
    int with = harm(protection, "with");
    int without = harm(protection, "without");

    ObjectNode row = Stack.JSON.createObjectNode().put("protection", protection.called());
    Records.add(
        "protections.jsonl", row.put("without it", "harm " + without + ", with it " + with));
    assertThat(with).as("harm with " + protection.called()).isZero();
    assertThat(without).as("harm without " + protection.called()).isPositive();
  }

  private static int harm(Protection protection, String how) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Misfortune.class.getName(),
                protection.name(),
                how)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = said.lines().toList();
      return lines.stream()
          .filter(line -> line.startsWith(Misfortune.HARM))
          .mapToInt(line -> Integer.parseInt(line.substring(Misfortune.HARM.length())))
          .findFirst()
          .orElseThrow(() -> new AssertionError(String.join("\n", lines)));
    } finally {
      process.destroyForcibly();
    }
  }
}
