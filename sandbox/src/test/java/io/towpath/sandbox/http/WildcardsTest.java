package io.towpath.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
@DisplayNameGeneration(ReplaceUnderscores.class)
final class WildcardsTest {
  private static boolean fits(String pattern, String text) {
    return Wildcards.fits(pattern, text, '%', '_');
  }

  @Test
  void signs_stand_for_any_or_one_character_and_the_rest_for_itself() {
    assertThat(fits("a%c", "abbc")).isTrue();
    assertThat(fits("a%c", "ac")).isTrue();
    assertThat(fits("a_c", "abc")).isTrue();
    assertThat(fits("a_c", "ac")).isFalse();
    assertThat(fits("%", "")).isTrue();
    assertThat(fits("", "x")).isFalse();
    assertThat(fits("a.c(", "a.c(")).isTrue();
    assertThat(fits("%ab%ab", "abxabxab")).isTrue();
    assertThat(fits("%ab%abc", "abxabxab")).isFalse();
  }

  @Test
  void many_signs_take_no_time_to_speak_of() {
    assertThat(fits("%a".repeat(500) + "b", "a".repeat(20_000))).isFalse();
  }
}
