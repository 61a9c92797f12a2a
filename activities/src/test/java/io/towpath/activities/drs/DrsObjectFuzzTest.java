package io.towpath.activities.drs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.outside.OutsideLook;
import io.towpath.activities.store.AnyJson;
import io.towpath.workflows.model.SourceId;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** An object as a stranger's DRS server shows it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DrsObjectFuzzTest {
  private static final SourceId ID = new SourceId("drs://drs.example.org/abc");

  @FuzzTest
  void any_object_is_a_file_or_it_is_said_why_not(byte[] bytes) {
    JsonNode json = AnyJson.of(bytes);
    DrsObject object = new DrsObject(json);
    OutsideLook look = object.look(ID);

    assertThat(look.file().isPresent()).isEqualTo(look.problem().isEmpty());
    look.file()
        .ifPresent(
            file -> {
              assertThat(file.sizeBytes()).isNotNegative();
              file.md5().ifPresent(md5 -> assertThat(md5).matches("[0-9a-f]{32}"));
              assertThat(file.bucket().isPresent()).isEqualTo(file.key().isPresent());
            });
    object.accessId().ifPresent(id -> assertThat(id).isNotEmpty());
    object.plainUrl().ifPresent(url -> assertThat(url.path("url").asText()).startsWith("http"));
  }
}
