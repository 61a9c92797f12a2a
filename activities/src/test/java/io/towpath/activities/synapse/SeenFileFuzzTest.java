package io.towpath.activities.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.store.AnyJson;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** What Synapse answers, should it ever answer something else. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SeenFileFuzzTest {
  @FuzzTest
  void any_bundle_is_a_file_or_names_no_entity(byte[] bytes) {
    JsonNode json = AnyJson.of(bytes);
    try {
      SeenFile file = SeenFile.of(json);

      assertThat(file.businessKey()).isNotNull();
      file.handle()
          .flatMap(SeenFile.Handle::externalHost)
          .ifPresent(host -> assertThat(host).doesNotContain("/", "?", "#"));
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("is not a Synapse id");
    }
  }
}
