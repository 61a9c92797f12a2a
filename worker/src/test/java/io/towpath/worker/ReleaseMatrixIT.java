package io.towpath.worker;

import java.io.IOException;
import java.util.List;
import java.util.Map;
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
 * A release of which one call is struck by a fault, of which one attempt dies after one of its
 * calls, or of which a run is terminated there and another start goes on.
 */
@Tag("proof")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReleaseMatrixIT {
  private static Hook hook;
  private static Stack stack;
  private static Cell.Kind release;
  private static KillMatrix kills;
  private static FaultMatrix faults;
  private static TakeOverMatrix takeOvers;

  @BeforeAll
  static void recordFaultFreeReleases() throws IOException {
    hook = Hook.start();
    stack = KillMatrix.stack(Map.of("TOWPATH_WEBHOOKS", hook.setting()));
    release = ReleaseCell.kind(stack, hook);
    kills = new KillMatrix(release);
    faults = new FaultMatrix(stack, release);
    takeOvers = new TakeOverMatrix(stack, ReleaseCell.withoutTurn(stack, hook), "free");
  }

  @AfterAll
  static void stop() {
    stack.close();
    hook.close();
  }

  @Test
  void a_worker_killed_after_each_of_its_calls_in_turn_costs_nothing_but_time() {
    kills.survivesEachInTurn();
  }

  @TestFactory
  List<DynamicTest> a_worker_killed_after_any_call_costs_nothing_but_time() {
    return kills.everyCall();
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> a_worker_killed_after_one_single_call_costs_nothing_but_time() {
    return kills.everyCallAlone();
  }

  @TestFactory
  List<DynamicTest> a_run_terminated_while_its_containers_begin_is_taken_over() {
    return takeOvers.after("ContainerRun: POST .*/(create|start)", "begins");
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> a_run_terminated_after_any_call_is_taken_over() {
    return takeOvers.after(".*", "taken");
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> a_run_terminated_with_its_turn_after_any_call_is_taken_over() {
    return new TakeOverMatrix(stack, release, "held").after("(?!ContainerRun: ).*", "turn");
  }

  /** What was sent as the run was terminated is looked for long before it is another's turn. */
  @TestFactory
  @Tag("matrix")
  List<DynamicTest> a_run_terminated_with_its_turn_while_its_containers_run_is_taken_over() {
    return new TakeOverMatrix(stack, ReleaseCell.stoppedMeanwhile(stack, hook), "cut")
        .after("ContainerRun: .*", "stopped");
  }

  @TestFactory
  List<DynamicTest> each_item_runs_once_and_one_record_is_promoted_whatever_answer_is_lost() {
    return faults.allRoutes(FaultMatrix.LOST);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> each_item_runs_once_whatever_single_answer_is_lost() {
    return faults.everyRoute(FaultMatrix.LOST);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_release_has_one_effect_whatever_happens_to_any_call() {
    return faults.everyCall(FaultMatrix.ALL);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_release_has_one_effect_whatever_a_platform_answers_instead() {
    return faults.everyRoute(FaultMatrix.INSTEAD);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_release_has_one_effect_though_a_platform_takes_nothing_for_a_while() {
    return faults.bursts();
  }
}
