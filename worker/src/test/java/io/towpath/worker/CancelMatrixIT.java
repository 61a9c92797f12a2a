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

/** Work that is cancelled in the middle of a call. */
@Tag("proof")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CancelMatrixIT {
  private static Stack stack;
  private static Cell.Kind small;

  @BeforeAll
  static void start() {
    stack = new Stack(SandboxOptions.forTests(), Stack.FAST);
    small = RoundTripCell.small(stack);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @TestFactory
  List<DynamicTest> a_run_cancelled_while_it_is_launched_is_stopped() {
    return new CancelMatrix(stack, "launched", small).firstCalls("/workflow/launch");
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> a_round_trip_cancelled_in_any_call_leaves_nothing_behind() {
    return new CancelMatrix(stack, "trip", small, RoundTripCell.copiedInParts(stack)).everyCall();
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> a_sheet_cancelled_in_any_call_leaves_nothing_behind() {
    return new CancelMatrix(stack, "sheet", CavaticaCell.kind(stack)).everyCall();
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> a_release_cancelled_in_any_call_leaves_nothing_behind() {
    return new CancelMatrix(stack, "release", PlainReleaseCell.kind(stack)).everyCall();
  }
}
