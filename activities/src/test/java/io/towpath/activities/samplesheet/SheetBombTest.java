package io.towpath.activities.samplesheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sheets that are small and mean to become large. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SheetBombTest {
  static Stream<Arguments> bombs() {
    return Stream.of(
        Arguments.of("yaml", "- &a {x: [1, 1]}\n- {y: [*a, *a]}\n", "line 2"),
        Arguments.of("yaml", "- {a: " + nested(5_000) + "}", "depth"),
        Arguments.of("json", "[{\"a\": " + nested(5_000) + "}]", "depth"),
        Arguments.of("json", "[{\"a\": 1" + "0".repeat(100_000) + "}]", "length"),
        Arguments.of("json", "[{\"a\": 1e999999999}]", "line 1"),
        Arguments.of("yaml", "- {a: 1e999999999}\n", "line 1"));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void are_refused_with_the_place(String form, String text, String told) {
    assertThat(TreeSheet.of(text.getBytes(StandardCharsets.UTF_8), form).problems())
        .singleElement()
        .asString()
        .contains(told);
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "1" + "]".repeat(depth);
  }
}
