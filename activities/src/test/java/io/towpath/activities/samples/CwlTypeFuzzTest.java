package io.towpath.activities.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.store.AnyJson;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/** Apps as strangers wrote them on a platform. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CwlTypeFuzzTest {
  @FuzzTest
  void any_type_takes_a_text_or_does_not_and_can_be_told(byte[] bytes) {
    JsonNode json = AnyJson.of(bytes);
    CwlType type = CwlType.read(json);

    type.take("1").ifPresent(value -> assertThat(type.take(value)).isPresent());
    assertThat(type.toString()).isNotNull();
  }
}
