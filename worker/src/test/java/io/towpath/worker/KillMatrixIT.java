package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.sandbox.SandboxOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * A round trip whose attempt dies after a platform call, once for each call that a fault-free run
 * was recorded to make. The in-JVM server cannot outlive a killed poller, so an interceptor ends
 * the attempt; {@link RealServerIT} does the same to a real worker on a real server.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KillMatrixIT {
  private static final int AT_ONCE = 8;
  private static final int REQUESTS = 2;

  private static Stack stack;
  private static Cell killedAfterEachCall;
  private static JsonNode survived;
  private static String manifest;
  private static List<String> aims;
  private static Map<String, Object> faultFree;

  @BeforeAll
  static void recordAFaultFreeRun() {
    stack =
        new Stack(
            SandboxOptions.forTests(),
            Stack.FAST,
            new OkHttpClient.Builder().addInterceptor(new Kill()).build(),
            List.of(Kill.attempts()));
    manifest = Cell.plant(stack);
    killedAfterEachCall = new Cell(stack, "each", manifest);
    Kill.aimAtEach(killedAfterEachCall.workflowId());
    survived = killedAfterEachCall.run();
    Cell recorded = new Cell(stack, "recorded", manifest);
    JsonNode report = recorded.run();
    recorded.mustHold(report);
    faultFree = Cell.essence(report);
    aims = Kill.aims(recorded.workflowId());
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  /** On a fresh worker, which remembers nothing: later cells make fewer reads. */
  @Test
  void a_worker_killed_after_each_of_its_calls_in_turn_costs_nothing_but_time() {
    killedAfterEachCall.mustHold(survived);
    assertThat(Cell.essence(survived)).isEqualTo(faultFree);
    assertThat(Kill.calls(killedAfterEachCall.workflowId())).hasSizeGreaterThan(40);
  }

  @TestFactory
  List<DynamicTest> a_worker_killed_after_any_platform_call_costs_nothing_but_time() {
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    Map<String, Future<?>> running = new LinkedHashMap<>();
    for (String aim : aims) {
      String name = "kcell" + running.size();
      running.put(aim, pool.submit(() -> kill(name, aim)));
    }
    pool.shutdown();
    List<DynamicTest> tests = new ArrayList<>();
    running.forEach(
        (what, cell) -> tests.add(DynamicTest.dynamicTest(what, () -> Cell.ended(cell))));
    return tests;
  }

  /**
   * Which reads a request makes depends on what the worker remembers of the cells beside it, so an
   * aim that was not met is tried with a further request; each has to hold, struck or not. A change
   * has to be struck; every read is, too, on the fresh worker of {@link #recordAFaultFreeRun}.
   */
  private static void kill(String name, String aim) {
    List<String> requests = new ArrayList<>();
    do {
      Cell cell = new Cell(stack, name + "x" + requests.size(), manifest);
      requests.add(cell.workflowId());
      Kill.aim(cell.workflowId(), aim);
      JsonNode report = cell.run();
      cell.mustHold(report);
      assertThat(Cell.essence(report)).isEqualTo(faultFree);
    } while (requests.size() < REQUESTS && !struck(requests));
    boolean change = Kill.changes(aim.substring(aim.indexOf('\t') + 1));
    assertThat(struck(requests) || !change).as("the worker was killed: " + requests).isTrue();
  }

  private static boolean struck(List<String> requests) {
    return requests.stream().anyMatch(Kill.struck()::contains);
  }
}
