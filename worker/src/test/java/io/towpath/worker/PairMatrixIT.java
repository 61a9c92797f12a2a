package io.towpath.worker;

import io.towpath.worker.PairMatrix.Window;
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
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Work of which two or three calls are struck. Random cells have a seed each ({@link Seeds}), as
 * many as the system property {@code towpath.pairs} says.
 */
@Tag("proof")
@Timeout(value = 90, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PairMatrixIT {
  private static final int ROUND_TRIP = 0;
  private static final int IN_PARTS = 1;
  private static final int SHEET = 2;
  private static final int RELEASE = 3;

  private static final String LAUNCH = "seqera POST /workflow/launch";
  private static final String COMPLETE = "s3 POST complete";
  private static final String CREATE = "synapse POST /entity/bundle2/create";
  private static final String TASK = "sevenbridges POST /tasks";
  private static final String CONTAINER = "container POST /containers/";

  private static Hook hook;
  private static Stack stack;
  private static PairMatrix matrix;

  @BeforeAll
  static void start() throws IOException {
    hook = Hook.start();
    stack = KillMatrix.stack(Map.of("TOWPATH_WEBHOOKS", hook.setting()));
    matrix =
        new PairMatrix(
            stack,
            List.of(
                () -> RoundTripCell.small(stack),
                () -> RoundTripCell.copiedInParts(stack),
                () -> CavaticaCell.kind(stack),
                () -> ReleaseCell.kind(stack, hook),
                () -> ScanCell.kind(stack)));
  }

  @AfterAll
  static void stop() {
    stack.close();
    hook.close();
  }

  @TestFactory
  List<DynamicTest> one_request_has_one_effect_whatever_two_or_three_calls_meet() {
    return matrix.random(Seeds.of("pair", Integer.getInteger("towpath.pairs", 1)));
  }

  @TestFactory
  List<DynamicTest> a_launch_that_is_lost_twice_starts_one_run() {
    return matrix.pairs(
        "twice",
        List.of(new Window(ROUND_TRIP, LAUNCH, LAUNCH)),
        Map.of("drop-before-commit", "{\"kind\":\"drop-before-commit\"}"));
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_request_has_one_effect_whatever_two_calls_of_a_window_meet() {
    return matrix.pairs(
        "pair",
        List.of(
            new Window(ROUND_TRIP, LAUNCH, LAUNCH),
            new Window(ROUND_TRIP, CREATE, CREATE),
            new Window(ROUND_TRIP, LAUNCH, CREATE),
            new Window(IN_PARTS, COMPLETE, COMPLETE),
            new Window(IN_PARTS, COMPLETE, LAUNCH),
            new Window(IN_PARTS, COMPLETE, CREATE),
            new Window(SHEET, TASK, TASK + "/{id}/actions/run"),
            new Window(RELEASE, CONTAINER + "create", CONTAINER + "{id}/start")),
        FaultMatrix.ALL);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_request_has_one_effect_whatever_the_looks_after_a_lost_call_meet() {
    return matrix.looks(
        List.of(
            new Window(ROUND_TRIP, LAUNCH, "seqera GET /workflow"),
            new Window(ROUND_TRIP, CREATE, "synapse POST /entity/child"),
            new Window(IN_PARTS, COMPLETE, "s3 HEAD object"),
            new Window(SHEET, TASK, "sevenbridges GET /tasks"),
            new Window(RELEASE, CONTAINER + "create", "container GET /containers/json")),
        FaultMatrix.LOST);
  }
}
