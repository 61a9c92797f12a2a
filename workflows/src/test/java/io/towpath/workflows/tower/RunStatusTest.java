package io.towpath.workflows.tower;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RunStatusTest {
  @Test
  void three_words_are_an_end_and_unknown_is_none() {
    assertThat(Arrays.stream(RunStatus.values()).filter(RunStatus::ended))
        .containsExactly(RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.CANCELLED);
  }

  @Test
  void a_word_that_this_version_does_not_know_is_unknown() {
    assertThat(RunStatus.of("RUNNING")).isEqualTo(RunStatus.RUNNING);
    assertThat(RunStatus.of("HIBERNATING")).isEqualTo(RunStatus.UNKNOWN);
  }
}
