package io.towpath.activities.containers.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The create of a container, and the files that it gets before it is started. */
class CreateExactlyOnceIT extends EngineExactlyOnce {
  CreateExactlyOnceIT() {
    super(EngineSandbox.CREATE);
  }

  @ParameterizedTest
  @EnumSource
  void files_that_are_struck_leave_one_container_started_once(Fault fault) {
    withSecret();
    engine().faults.strike("container", "PUT /containers/{id}/archive", 1, fault, LATE);

    submitAsTemporalDoes();

    assertThat(effects()).isOne();
    assertThat(engine().faults.effects(EngineSandbox.START)).hasSize(1);
  }
}
