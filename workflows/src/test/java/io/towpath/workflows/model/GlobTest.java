package io.towpath.workflows.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GlobTest {
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
