package io.towpath.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bash makes of the completion script. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CompletionTest {
  @TempDir Path folder;

  @Test
  void bash_completes_commands_and_their_options() throws Exception {
    Path script = folder.resolve("towpath");
    Files.writeString(
        script, new TestCommand("127.0.0.1:" + TestTemporal.freePort()).run("completion").out());

    assertThat(completed(script, "towpath", "st")).containsExactly("start", "status");
    assertThat(completed(script, "towpath", "status", "--fo")).containsExactly("--follow");
  }

  private static List<String> completed(Path script, String... words)
      throws IOException, InterruptedException {
    String ask =
        ". '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_towpath; printf '%%s\\n' ${COMPREPLY[@]}"
            .formatted(script, String.join(" ", words), words.length - 1);
    Process bash =
        new ProcessBuilder("bash", "-c", ask)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).isZero();
    return said.lines().sorted().toList();
  }
}
