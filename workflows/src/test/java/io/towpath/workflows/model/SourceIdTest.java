package io.towpath.workflows.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SourceIdTest {
  @Test
  void an_entity_names_itself() {
    SourceId entity = SourceId.of(new SynapseId("syn123.4"));

    assertThat(entity.synapse()).contains(new SynapseId("syn123.4"));
    assertThat(entity.scheme()).isEmpty();
    assertThat(entity.folder()).isEqualTo("syn123.4");
    assertThat(entity.mark()).isEqualTo("syn123.4");
    assertThat(entity).hasToString("syn123.4");
  }

  @Test
  void an_address_has_a_folder_that_is_told_from_others_by_a_digest() {
    SourceId address = new SourceId("https://example.org/a.fastq.gz");

    assertThat(address.synapse()).isEmpty();
    assertThat(address.scheme()).isEqualTo("https");
    assertThat(address.mark()).isEqualTo("07c2af697dc9");
    assertThat(address.folder()).isEqualTo("https/" + address.mark());
    assertThat(address.mark()).isNotEqualTo(new SourceId("https://example.org/b").mark());
  }

  @Test
  void what_may_be_a_secret_in_an_address_is_not_printed() {
    assertThat(new SourceId("https://ann:word@example.org/a?X-Amz-Signature=abc"))
        .hasToString("https://example.org/a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "syn", "https://a b", "https://a\u0000", "https://", "1a://b"})
  void what_is_neither_entity_nor_address_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new SourceId(text));
  }
}
