package io.towpath.worker;

import io.towpath.sandbox.SandboxOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** A round trip whose calls are struck by faults. */
@Tag("proof")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FaultMatrixIT {
  private static Stack stack;
  private static FaultMatrix matrix;

  @BeforeAll
  static void recordFaultFreeRuns() {
    stack = new Stack(SandboxOptions.forTests(), Stack.FAST);
    matrix = new FaultMatrix(stack, RoundTripCell.small(stack), RoundTripCell.copiedInParts(stack));
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @TestFactory
  List<DynamicTest> one_request_has_one_effect_whatever_answers_are_lost() {
    return matrix.allRoutes(FaultMatrix.LOST);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_request_has_one_effect_whatever_single_answer_is_lost() {
    return matrix.everyRoute(FaultMatrix.LOST);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_request_has_one_effect_whatever_happens_to_any_call() {
    return matrix.everyCall(FaultMatrix.ALL);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_request_has_one_effect_whatever_a_platform_answers_instead() {
    return matrix.everyRoute(FaultMatrix.INSTEAD);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_request_has_one_effect_though_a_platform_takes_nothing_for_a_while() {
    return matrix.bursts();
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_request_has_one_effect_though_credentials_are_refused_at_first() {
    return matrix.denied();
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_request_has_one_effect_whatever_becomes_of_bytes_on_their_way() {
    return matrix.transfers(FaultMatrix.TRANSFERS);
  }
}
