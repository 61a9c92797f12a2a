package io.towpath.workflows.failure;

import static io.towpath.workflows.failure.FailureKind.CHECKSUM_MISMATCH;
import static io.towpath.workflows.failure.FailureKind.OUTCOME_UNKNOWN;
import static io.towpath.workflows.failure.FailureKind.PLATFORM_UNAVAILABLE;
import static io.towpath.workflows.failure.FailureKind.RUN_STUCK;
import static io.towpath.workflows.failure.FailureKind.STILL_RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FailureKindTest {
  @Test
  void only_what_time_may_heal_is_tried_again_by_itself() {
    assertThat(Arrays.stream(FailureKind.values()).filter(FailureKind::retryable))
        .containsExactly(PLATFORM_UNAVAILABLE, OUTCOME_UNKNOWN, CHECKSUM_MISMATCH, STILL_RUNNING);
  }

  @ParameterizedTest
  @EnumSource
  void a_failure_is_known_by_its_type(FailureKind kind) {
    assertThat(FailureKind.named(kind.name(), RUN_STUCK)).isEqualTo(kind);
  }

  @Test
  void a_type_that_is_not_ours_is_what_the_caller_takes_it_for() {
    assertThat(FailureKind.named("java.lang.IllegalStateException", RUN_STUCK))
        .isEqualTo(RUN_STUCK);
  }
}
