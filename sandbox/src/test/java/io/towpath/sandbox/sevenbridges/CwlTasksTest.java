package io.towpath.sandbox.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The engine with a cwltool of the test's own, which is a shell script. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
final class CwlTasksTest {
  private static final String GOOD =
      """
      mkdir -p "$3"
      cat "$PWD"/in/0/a.fq > "$3/s1.bam"
      cat > "$3/index.txt" < inputs.json
      echo "{\\"bam\\":{\\"class\\":\\"File\\",\\"basename\\":\\"s1.bam\\",\\"path\\":\\"$3/s1.bam\\",
        \\"secondaryFiles\\":[{\\"class\\":\\"File\\",\\"basename\\":\\"s1.bai\\",
          \\"path\\":\\"$3/index.txt\\"}]},\\"count\\":7,\\"log\\":null}"
      """;

  @TempDir private Path scratch;

  private TestSevenBridges with(String script) throws IOException {
    Path command = Files.writeString(scratch.resolve("cwltool"), "#!/bin/sh\nset -e\n" + script);
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    Optional<CwlRunner> found =
        CwlRunner.find(scratch + ":/usr/bin:/bin", Files.createDirectory(scratch.resolve("work")));
    assertThat(found).isPresent();
    return new TestSevenBridges(false, found);
  }

  private static JsonNode ended(TestSevenBridges sb) {
    String id = sb.post("/tasks?action=run", sb.good("s1", sb.imported("a.fq"))).id();
    sb.pass(1000);
    JsonNode task = sb.get("/tasks/" + id).body();
    while (!Task.ENDED.contains(task.path("status").asText())) {
      task = sb.get("/tasks/" + id).body();
    }
    return task;
  }

  @Test
  void the_runner_gets_the_files_bytes_and_what_it_makes_becomes_the_outputs() throws IOException {
    try (TestSevenBridges sb = with(GOOD)) {
      JsonNode task = ended(sb);
      assertThat(task.path("status").asText()).isEqualTo("COMPLETED");
      assertThat(task.at("/outputs/count").asInt()).isEqualTo(7);
      assertThat(task.at("/outputs/parts").isNull()).isTrue();
      assertThat(task.at("/outputs/bam/secondaryFiles/0/name").asText()).isEqualTo("s1.bai");
      String key = task.path("id").asText() + "/s1.bam";
      try (var bytes = sb.store.open("platform-own", key, 0, -1)) {
        assertThat(new String(bytes.readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo("bytes of a.fq");
      }
    }
  }

  @Test
  void a_runner_that_fails_fails_the_task_with_its_words() throws IOException {
    try (TestSevenBridges sb = with("echo 'no memory' >&2\nexit 33\n")) {
      JsonNode task = ended(sb);
      assertThat(task.path("status").asText()).isEqualTo("FAILED");
      assertThat(task.at("/execution_status/message").asText())
          .isEqualTo("cwltool exited with 33: no memory");
    }
  }
}
