package io.towpath.worker;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** A round trip of whose activities one attempt dies after one of its calls. */
@Tag("proof")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KillMatrixIT {
  private static Stack stack;
  private static KillMatrix matrix;

  @BeforeAll
  static void recordFaultFreeRuns() {
    stack = KillMatrix.stack();
    matrix = new KillMatrix(RoundTripCell.small(stack), RoundTripCell.copiedInParts(stack));
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void a_worker_killed_after_each_of_its_calls_in_turn_costs_nothing_but_time() {
    matrix.survivesEachInTurn();
  }

  @TestFactory
  List<DynamicTest> a_worker_killed_after_any_platform_call_costs_nothing_but_time() {
    return matrix.everyCall();
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> a_worker_killed_after_one_single_platform_call_costs_nothing_but_time() {
    return matrix.everyCallAlone();
  }
}
