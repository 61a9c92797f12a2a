package io.towpath.activities.glob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activities.http.PlatformException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class GlobsTest {
  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "**                 | a/b/c.txt           | true",
        "*                  | a                   | true",
        "*                  | a/b                 | false",
        "**/*.bam           | x.bam               | true",
        "**/*.bam           | a/b/x.bam           | true",
        "**/*.bam           | a/b/x.bam.bai       | false",
        "work/**            | work/1/2            | true",
        "work/**            | workers/1           | false",
        "a/**/z             | a/z                 | true",
        "a/**/z             | a/b/c/z             | true",
        "owner.txt          | owner.txt           | true",
        "owner.txt          | a/owner.txt         | false",
        "owner.txt          | sample_owner.txt    | false",
        "{bam,cram}/*       | cram/x              | true",
        "{bam,cram}/*       | sam/x               | false",
        "x[0-9].txt         | x7.txt              | true",
        "x[!0-9].txt        | x7.txt              | false",
        "x[!0-9]y           | x/y                 | false",
        "a?c                | abc                 | true",
        "a?c                | a/c                 | false",
        "\\*.txt            | *.txt               | true",
        "\\*.txt            | a.txt               | false",
        "f(1)+$^.txt        | f(1)+$^.txt         | true",
        "ü/漢*               | ü/漢字                | true",
        "a,b                | a,b                 | true"
      })
  void a_glob_matches_paths(String glob, String path, boolean matches) {
    assertThat(new Globs(List.of(glob), List.of()).take(path)).isEqualTo(matches);
  }

  @Test
  void without_include_everything_is_taken_and_exclude_wins() {
    assertThat(new Globs(List.of(), List.of()).take("a/b")).isTrue();
    assertThat(new Globs(List.of("**"), List.of("a/**")).take("a/b")).isFalse();
  }

  @Test
  void what_is_no_glob_is_refused() {
    assertThatThrownBy(() -> new Globs(List.of("{a,b"), List.of()))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("{a,b");
  }
}
