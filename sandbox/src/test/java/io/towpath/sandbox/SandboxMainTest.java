package io.towpath.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox as a process of its own. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(ReplaceUnderscores.class)
class SandboxMainTest {
  @TempDir Path folder;

  @Test
  void the_environment_file_is_there_when_it_is_ready_and_only_its_owner_reads_it()
      throws Exception {
    Path file = folder.resolve("sandbox.env");
    Process sandbox =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                asInstalled(),
                SandboxMain.class.getName(),
                "--seed",
                "empty",
                "--env-file",
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = sandbox.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("sandbox ready");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(file).content().contains("SYNAPSE_AUTH_TOKEN=", "TOWPATH_SANDBOX_CONTROL=");
    } finally {
      sandbox.destroy();
      sandbox.waitFor();
    }
  }

  /** Without what only tests have, such as how their logs are set. */
  private static String asInstalled() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.contains("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
