package io.towpath.activities.samplesheet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FileNamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "a b", "..a", "é😀", "-", "%2F"})
  void a_name_may_be_one_part_of_a_key(String name) {
    assertThat(FileNames.wrongWith(name)).isEmpty();
  }

  @Test
  void what_may_not_is_told() {
    assertThat(FileNames.wrongWith(" ")).contains("has no usable name");
    assertThat(FileNames.wrongWith(".")).contains("has no usable name");
    assertThat(FileNames.wrongWith("..")).contains("has no usable name");
    assertThat(FileNames.wrongWith("/a")).contains("has a / in its name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000", "a\nb", "a\u0085", "a\ud83d", "a\ufffe", "a\uffff"})
  void a_sign_that_cannot_be_shown_is_told_and_shown_as_one_that_can(String name) {
    assertThat(FileNames.wrongWith(name)).get().asString().startsWith("has a control character");
    assertThat(FileNames.shown(name)).startsWith("a\ufffd");
  }

  @Test
  void of_a_long_name_80_characters_are_shown() {
    assertThat(FileNames.shown("😀".repeat(81))).isEqualTo("😀".repeat(80));
  }
}
