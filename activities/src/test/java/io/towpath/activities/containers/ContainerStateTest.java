package io.towpath.activities.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.containers.ContainerState.End;
import io.towpath.activities.containers.ContainerState.Phase;
import io.towpath.workflows.containers.ContainerEnd.How;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ContainerStateTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void an_exit_code_says_how_a_program_ended() {
    assertThat(ContainerState.howBy(Optional.of(0))).isEqualTo(How.SUCCEEDED);
    assertThat(ContainerState.howBy(Optional.of(137))).isEqualTo(How.OUT_OF_MEMORY);
    assertThat(ContainerState.howBy(Optional.of(1))).isEqualTo(How.FAILED);
    assertThat(ContainerState.howBy(Optional.empty())).isEqualTo(How.LOST);
  }

  @Test
  void of_several_the_one_that_succeeded_is_kept_then_one_that_goes_on_then_the_earliest() {
    ContainerState done = state("z", Optional.of(EARLY.plusSeconds(9)), How.SUCCEEDED);
    ContainerState runs = state("y", Optional.of(EARLY.plusSeconds(8)), null);
    ContainerState failed = state("x", Optional.of(EARLY), How.FAILED);
    ContainerState sameTime = state("w", Optional.of(EARLY), How.FAILED);
    ContainerState timeless = state("a", Optional.empty(), How.FAILED);

    assertThat(
            List.of(timeless, failed, sameTime, runs, done).stream()
                .sorted(ContainerState.KEEP_FIRST))
        .containsExactly(done, runs, sameTime, failed, timeless);
  }

  private static ContainerState state(
      String id, Optional<Instant> created, @org.jspecify.annotations.Nullable How how) {
    return new ContainerState(
        id,
        "digest",
        how == null ? Phase.RUNNING : Phase.ENDED,
        "",
        created,
        Optional.empty(),
        Optional.ofNullable(how)
            .map(ended -> new End(ended, Optional.empty(), "", Optional.empty())),
        "");
  }
}
