package io.towpath.workflows.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GlobTest {
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
        "x[^0-9].txt        | xy.txt              | true",
        "x[]a].txt          | x].txt              | true",
        "x[]                | x[]                 | true",
        "[ab]**             | a/b                 | true",
        "a[^^]              | a^                  | false",
        "a}                 | a}                  | true",
        "a\\                | a\\                 | true",
        "a**b               | a/b                 | true",
        "a**/b              | ab                  | false",
        "a?c                | abc                 | true",
        "a?c                | a/c                 | false",
        "\\*.txt            | *.txt               | true",
        "\\*.txt            | a.txt               | false",
        "\\**               | *a                  | true",
        "f(1)+$^.txt        | f(1)+$^.txt         | true",
        "ü/漢*               | ü/漢字                | true",
        "a,b                | a,b                 | true"
      })
  void a_glob_matches_paths(String glob, String path, boolean matches) {
    assertThat(Glob.plain(glob).matches(path)).isEqualTo(matches);
  }

  @Test
  void a_capture_keeps_what_it_stands_for() {
    assertThat(
            captured(
                "star_salmon/{sample}.markdup.sorted.bam", "star_salmon/S 1.markdup.sorted.bam"))
        .contains(Map.of("sample", "S 1"));
  }

  @Test
  void a_capture_stays_within_a_folder_and_is_never_empty() {
    assertThat(captured("{sample}.bam", "a/b.bam")).isEmpty();
    assertThat(captured("{sample}.bam", ".bam")).isEmpty();
  }

  @Test
  void a_capture_takes_as_much_as_fits() {
    assertThat(captured("{sample}_{lane}.fq", "a_b_L1.fq"))
        .contains(Map.of("sample", "a_b", "lane", "L1"));
  }

  @Test
  void a_name_that_stands_twice_must_stand_for_the_same() {
    assertThat(captured("{s}/{s}.bam", "x/x.bam")).contains(Map.of("s", "x"));
    assertThat(captured("{s}/{s}.bam", "x/y.bam")).isEmpty();
    assertThat(captured("{s}/{s}1.bam", "x/x1.bam")).contains(Map.of("s", "x"));
  }

  @Test
  void captures_stand_beside_alternatives_and_crossed_folders() {
    assertThat(captured("**/{sample_id}.{bam,cram}", "a/b/x.cram"))
        .contains(Map.of("sample_id", "x"));
    assertThat(Glob.capturing("**/{sample_id}.{bam,cram}").captures()).containsExactly("sample_id");
  }

  @Test
  void signs_of_regular_expressions_mean_themselves() {
    assertThat(captured("a.b+(c)/{x}$", "a.b+(c)/1$")).contains(Map.of("x", "1"));
    assertThat(captured("a.b/{x}", "aab/1")).isEmpty();
  }

  @Test
  void a_glob_that_would_take_for_ever_on_a_path_is_stopped_there() {
    for (String part : new String[] {"*a", "**/"}) {
      Glob many = Glob.plain(part.repeat(30) + "b");

      assertThatIllegalArgumentException()
          .isThrownBy(() -> many.matches((part.equals("*a") ? "a" : "a/").repeat(200)))
          .withMessageContaining("fewer *");
    }
  }

  @Test
  void what_is_no_glob_is_refused_in_words() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Glob.plain("{a,b"))
        .withMessageContaining("{a,b")
        .withMessageContaining("expected");
  }

  private static Optional<Map<String, String>> captured(String glob, String path) {
    return Glob.capturing(glob).captured(path);
  }
}
