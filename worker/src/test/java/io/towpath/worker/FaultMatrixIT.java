package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.SandboxOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
 * Every mutating route of a fault-free run crossed with faults. The routes come from the recorded
 * run, so a new call is covered by itself. Eight cells run at once, each struck by its own fault.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FaultMatrixIT {
  private static final int AT_ONCE = 8;
  private static final Map<String, String> ALWAYS =
      Map.of(
          "drop-after-commit", "{\"kind\":\"drop-after-commit\"}",
          "late-commit", "{\"kind\":\"late-commit\",\"ms\":100}",
          "503-after-commit", "{\"kind\":\"status-after-commit\",\"code\":503,\"body\":\"\"}");
  private static final Map<String, String> FULL =
      Map.of(
          "refuse", "{\"kind\":\"refuse\"}",
          "drop-before-commit", "{\"kind\":\"drop-before-commit\"}",
          "drop-after-commit", "{\"kind\":\"drop-after-commit\"}",
          "late-commit", "{\"kind\":\"late-commit\",\"ms\":100}",
          "502-after-commit",
              "{\"kind\":\"status-after-commit\",\"code\":502,\"body\":\"<html>bad"
                  + " gateway</html>\"}",
          "truncate", "{\"kind\":\"truncate\",\"bytes\":3}");

  private static Stack stack;
  private static String manifest;
  private static Map<String, Integer> calls;
  private static Map<String, Object> faultFree;

  @BeforeAll
  static void recordAFaultFreeRun() {
    stack = new Stack(SandboxOptions.forTests(), Stack.FAST);
    manifest = Cell.plant(stack);
    stack.control("POST", "/reset", "{\"what\":[\"effects\"]}");
    Cell recorded = new Cell(stack, "recorded", manifest);
    JsonNode report = recorded.run();
    recorded.mustHold(report);
    faultFree = Cell.essence(report);
    calls = new TreeMap<>();
    for (JsonNode effect : stack.effects("", "")) {
      calls.merge(
          effect.path("platform").asText() + " " + effect.path("route").asText(), 1, Integer::sum);
    }
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @TestFactory
  List<DynamicTest> one_request_has_one_effect_whatever_answer_is_lost() {
    return cells(ALWAYS, "v", false);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_request_has_one_effect_whatever_happens_to_any_call() {
    return cells(FULL, "m", true);
  }

  /** Runs all cells on a pool; each becomes a test that tells how its cell ended. */
  private static List<DynamicTest> cells(
      Map<String, String> faults, String prefix, boolean everyCall) {
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    Map<String, Future<?>> running = new LinkedHashMap<>();
    int number = 0;
    for (Map.Entry<String, Integer> call : calls.entrySet()) {
      for (int skip = 0; skip < (everyCall ? call.getValue() : 1); skip++) {
        for (Map.Entry<String, String> fault : new TreeMap<>(faults).entrySet()) {
          String name = prefix + "cell" + number++;
          int nth = skip;
          running.put(
              call.getKey() + " #" + (skip + 1) + " " + fault.getKey(),
              pool.submit(() -> strike(name, call.getKey(), nth, fault.getValue())));
        }
      }
    }
    pool.shutdown();
    List<DynamicTest> tests = new ArrayList<>();
    running.forEach(
        (what, cell) -> tests.add(DynamicTest.dynamicTest(what, () -> Cell.ended(cell))));
    return tests;
  }

  private static void strike(String name, String call, int skip, String fault) {
    Cell cell = new Cell(stack, name, manifest);
    ObjectNode rule = Stack.JSON.createObjectNode();
    int space = call.indexOf(' ');
    rule.put("platform", call.substring(0, space)).put("route", call.substring(space + 1));
    rule.put("skip", skip).put("times", 1).put("bodyMatches", cell.calls());
    try {
      rule.set("do", Stack.JSON.readTree(fault));
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(fault, e);
    }
    String id = stack.control("POST", "/faults", rule.toString()).path("id").asText();
    JsonNode report = cell.run();
    cell.mustHold(report);
    assertThat(Cell.essence(report)).isEqualTo(faultFree);
    assertThat(hits(id)).as("the fault struck").isEqualTo(1);
  }

  private static int hits(String id) {
    for (JsonNode rule : stack.control("GET", "/faults", "")) {
      if (rule.path("id").asText().equals(id)) {
        return rule.path("hits").asInt();
      }
    }
    return 0;
  }
}
