package io.towpath.worker.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** What operators write about connections. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConnectionFileFuzzTest {
  private static final String FORM = "synapse://:TOKEN@host";

  @FuzzTest
  void any_file_is_connections_or_its_problems_are_told(byte[] bytes) throws IOException {
    Path path = Files.createTempFile("connections", ".yaml");
    try {
      Files.write(path, bytes);
      Settings settings = new Settings(Map.of("TOWPATH_CONNECTIONS", path.toString()));

      ConnectionFile file = ConnectionFile.read(settings);

      assertThat(settings.problems()).allMatch(problem -> problem.contains(path.toString()));
      assertThat(file.of(SeqeraSettings.SEQERA).values()).allMatch(fields -> !fields.isEmpty());
    } finally {
      Files.delete(path);
    }
  }

  @FuzzTest
  void any_uri_is_a_connection_or_is_refused_without_being_shown(byte[] bytes) {
    String text = FORM.substring(0, 11) + new String(bytes, StandardCharsets.UTF_8);
    try {
      assertThat(ConnectionUri.of("SYNAPSE_URI", FORM, text)).hasToString("(connection URI)");
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("SYNAPSE_URI has not the form").hasNoCause();
    }
  }
}
