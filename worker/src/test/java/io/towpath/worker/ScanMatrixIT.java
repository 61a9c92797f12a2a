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

/**
 * A scan, and the round trip that it starts, of which one call is struck by a fault; and a scan of
 * which one attempt dies after one of its calls.
 */
@Tag("proof")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScanMatrixIT {
  private static Stack stack;
  private static KillMatrix kills;
  private static FaultMatrix faults;

  @BeforeAll
  static void recordFaultFreeScans() {
    stack = KillMatrix.stack();
    Cell.Kind scan = ScanCell.kind(stack);
    kills = new KillMatrix(scan);
    faults = new FaultMatrix(stack, scan);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void a_worker_killed_after_each_call_of_a_scan_in_turn_costs_nothing_but_time() {
    kills.survivesEachInTurn();
  }

  @TestFactory
  List<DynamicTest> a_worker_killed_after_any_call_of_a_scan_costs_nothing_but_time() {
    return kills.everyCall();
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> a_worker_killed_after_one_single_call_of_a_scan_costs_nothing_but_time() {
    return kills.everyCallAlone();
  }

  @TestFactory
  List<DynamicTest> each_manifest_is_started_or_refused_once_whatever_answers_are_lost() {
    return faults.allRoutes(FaultMatrix.LOST);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> each_manifest_is_started_or_refused_once_whatever_single_answer_is_lost() {
    return faults.everyRoute(FaultMatrix.LOST);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> each_manifest_is_started_or_refused_once_whatever_happens_to_any_call() {
    return faults.everyCall(FaultMatrix.ALL);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> each_manifest_is_started_or_refused_once_whatever_a_platform_answers_instead() {
    return faults.everyRoute(FaultMatrix.INSTEAD);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest>
      each_manifest_is_started_or_refused_once_though_a_platform_takes_nothing_for_a_while() {
    return faults.bursts();
  }
}
