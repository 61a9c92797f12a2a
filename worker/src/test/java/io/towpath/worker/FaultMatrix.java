package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowStub;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.progress.StatusView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * Every mutating call of a fault-free piece of work, crossed with faults. The calls come from the
 * recorded work, so a new one is covered by itself.
 */
final class FaultMatrix {
  /** What a call may meet that has its effect and whose answer is lost. */
  static final Map<String, String> LOST =
      Map.of(
          "drop-after-commit", "{\"kind\":\"drop-after-commit\"}",
          "late-commit", "{\"kind\":\"late-commit\",\"ms\":100}",
          "503-after-commit", "{\"kind\":\"status-after-commit\",\"code\":503,\"body\":\"\"}");

  static final Map<String, String> ALL =
      Map.of(
          "refuse", "{\"kind\":\"refuse\"}",
          "drop-before-commit", "{\"kind\":\"drop-before-commit\"}",
          "drop-after-commit", "{\"kind\":\"drop-after-commit\"}",
          "late-commit", "{\"kind\":\"late-commit\",\"ms\":100}",
          "502-after-commit",
              "{\"kind\":\"status-after-commit\",\"code\":502,\"body\":\"<html>bad"
                  + " gateway</html>\"}",
          "html", "{\"kind\":\"html\"}",
          "truncate", "{\"kind\":\"truncate\",\"bytes\":3}");

  /** What a platform may answer, or not answer, without doing the call; or do and not show. */
  static final Map<String, String> INSTEAD =
      Map.of(
          "429", "{\"kind\":\"status\",\"code\":429,\"body\":\"\"}",
          "429-retry-after",
              "{\"kind\":\"status\",\"code\":429,\"headers\":{\"Retry-After\":\"1\"},\"body\":\"\"}",
          "503", "{\"kind\":\"status\",\"code\":503,\"body\":\"\"}",
          "hang", "{\"kind\":\"hang\",\"ms\":1500}",
          "hide", "{\"kind\":\"hide\",\"ms\":100}");

  /** A platform that takes nothing for a while. */
  static final Map<String, String> BURST =
      Map.of("503-thrice", "{\"kind\":\"status\",\"code\":503,\"body\":\"\"}");

  /** Credentials that a platform takes no longer, until somebody renews them. */
  static final Map<String, String> DENIED =
      Map.of("401", "{\"kind\":\"status\",\"code\":401,\"body\":\"\"}");

  /** What may become of bytes on their way, and of the link that they are fetched by. */
  static final Map<String, String> TRANSFERS =
      Map.of(
          "flipped-bit", "{\"kind\":\"corrupt\"}",
          "truncate", "{\"kind\":\"truncate\",\"bytes\":1}",
          "no-bytes", "{\"kind\":\"status\",\"code\":200,\"body\":\"\"}",
          "range-ignored", "{\"kind\":\"status\",\"code\":200,\"body\":\"another object\"}",
          "expired-url", "{\"kind\":\"status\",\"code\":403,\"body\":\"expired\"}",
          "html", "{\"kind\":\"html\"}");

  private static final int BURST_OF = 3;
  private static final String DOWNLOAD = "synapse GET presigned";

  /** Strikes a cell, and finds it as it has to be. */
  private interface Struck {
    void check(Cell cell, List<Strike> strikes, @Nullable Essence undisturbed);
  }

  private final Stack stack;
  private final List<Recorded> recorded = new ArrayList<>();
  private int named;

  /**
   * @param kinds the cheapest first: a call is struck in the first that makes it
   */
  FaultMatrix(Stack stack, Cell.Kind... kinds) {
    this.stack = stack;
    for (Cell.Kind kind : kinds) {
      recorded.add(Recorded.of(stack, kind, "recorded" + recorded.size()));
    }
  }

  /** The first call of each route under each fault. */
  List<DynamicTest> everyRoute(Map<String, String> faults) {
    return cells(faults, "route", 1);
  }

  /** The first calls of all routes in one cell for each fault, one after the other. */
  List<DynamicTest> allRoutes(Map<String, String> faults) {
    Map<String, Runnable> cells = new LinkedHashMap<>();
    Set<String> struck = new HashSet<>();
    for (Recorded work : recorded) {
      List<String> routes = work.calls().keySet().stream().filter(struck::add).toList();
      new TreeMap<>(faults)
          .entrySet()
          .forEach(
              fault -> {
                Cell cell = work.kind().named("all" + cells.size());
                List<Strike> strikes =
                    routes.stream().map(route -> Strike.once(route, 0, fault)).toList();
                cells.put(
                    fault.getKey() + " of " + routes, () -> struck(cell, strikes, work.outcome()));
              });
    }
    return AtOnce.tests(cells);
  }

  /** The first calls of each route, one after the other, that a platform takes none of. */
  List<DynamicTest> bursts() {
    return cells(BURST, "burst", 1, strike -> strike.times(BURST_OF), FaultMatrix::struck);
  }

  /** The first call of each route denied. */
  List<DynamicTest> denied() {
    return cells(DENIED, "denied", 1, strike -> strike, FaultMatrix::repaired);
  }

  /**
   * Every download over a signed link under each fault, one cell after the other, as a link does
   * not tell whose it is.
   */
  List<DynamicTest> transfers(Map<String, String> faults) {
    Map<String, Runnable> cells = new LinkedHashMap<>();
    for (Recorded work : recorded) {
      int before = downloads();
      Trial.undisturbed(work.kind().named("downloads" + before)).run();
      int after = downloads();
      for (int skip = 0; skip < (after - before); skip++) {
        for (Map.Entry<String, String> fault : new TreeMap<>(faults).entrySet()) {
          Cell cell = work.kind().named("download" + cells.size());
          List<Strike> strikes = List.of(Strike.once(DOWNLOAD, skip, fault));
          String what = cell.workflowId() + " " + strikes.get(0).told();
          cells.put(what, () -> alone(cell, strikes, work));
        }
      }
    }
    return AtOnce.oneByOne(cells);
  }

  private void alone(Cell cell, List<Strike> strikes, Recorded work) {
    try (Armed armed = Armed.againstAll(stack, strikes)) {
      Trial.struck(cell, "fault", strikes).against(work.outcome()).run();
      assertThat(armed.missed()).as("faults that struck nothing").isEmpty();
    }
  }

  private int downloads() {
    int count = 0;
    for (JsonNode asked : stack.control("GET", "/requests", "")) {
      String route = asked.path("platform").asText() + " " + asked.path("route").asText();
      count += route.equals(DOWNLOAD) ? asked.path("count").asInt() : 0;
    }
    return count;
  }

  /** Each call of each route under each fault. */
  List<DynamicTest> everyCall(Map<String, String> faults) {
    return cells(faults, "call", Integer.MAX_VALUE);
  }

  /** The first call of one route under each fault, of work that a lost answer does not spare. */
  List<DynamicTest> oneRoute(Cell.Kind kind, String route, Map<String, String> faults) {
    Map<String, Runnable> cells = new LinkedHashMap<>();
    new TreeMap<>(faults)
        .entrySet()
        .forEach(
            fault -> {
              Cell cell = kind.named("one" + cells.size());
              List<Strike> strikes = List.of(Strike.once(route, 0, fault));
              cells.put(route + " " + fault.getKey(), () -> struck(cell, strikes, null));
            });
    return AtOnce.tests(cells);
  }

  private List<DynamicTest> cells(Map<String, String> faults, String prefix, int most) {
    return cells(faults, prefix, most, strike -> strike, FaultMatrix::struck);
  }

  private List<DynamicTest> cells(
      Map<String, String> faults,
      String prefix,
      int most,
      UnaryOperator<Strike> aim,
      Struck struckBy) {
    Map<String, Runnable> cells = new LinkedHashMap<>();
    Set<String> struck = new HashSet<>();
    for (Recorded work : recorded) {
      for (Map.Entry<String, Integer> call : work.calls().entrySet()) {
        for (int skip = 0; skip < Math.min(call.getValue(), most); skip++) {
          String what = call.getKey() + " #" + (skip + 1);
          if (struck.add(what)) {
            for (Map.Entry<String, String> fault : new TreeMap<>(faults).entrySet()) {
              Cell cell = work.kind().named(prefix + named++);
              List<Strike> strikes = List.of(aim.apply(Strike.once(call.getKey(), skip, fault)));
              cells.put(
                  what + " " + fault.getKey(), () -> struckBy.check(cell, strikes, work.outcome()));
            }
          }
        }
      }
    }
    return AtOnce.tests(cells);
  }

  private static void struck(Cell cell, List<Strike> strikes, @Nullable Essence undisturbed) {
    try (Armed armed = Armed.against(cell, strikes)) {
      Trial.struck(cell, "fault", strikes).against(undisturbed).run();
      assertThat(armed.missed()).as("faults that struck nothing").isEmpty();
    }
  }

  /**
   * What is denied waits for an operator; before its first effect it fails instead, and is started
   * again; a link that is denied is asked for anew, and nobody has to know.
   */
  private static void repaired(Cell cell, List<Strike> strikes, @Nullable Essence undisturbed) {
    Trial trial = Trial.struck(cell, "fault", strikes).against(undisturbed);
    try (Armed armed = Armed.against(cell, strikes)) {
      WorkflowStub run = cell.start();
      trial.before(() -> retried(run));
      if (hasFailed(run)) {
        trial.run();
      } else {
        trial.ended(run);
      }
      assertThat(armed.missed()).as("faults that struck nothing").isEmpty();
    }
  }

  private static void retried(WorkflowStub run) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .ignoreException(WorkflowQueryException.class)
        .until(() -> over(run) || Objects.requireNonNull(status(run)).attention().isPresent());
    if (!over(run)) {
      run.update("retry", String.class, Map.of("items", List.of()));
    } else if (hasFailed(run)) {
      assertThatThrownBy(() -> run.getResult(Map.class))
          .hasStackTraceContaining(FailureKind.ACCESS_DENIED.name());
    }
  }

  private static boolean over(WorkflowStub run) {
    return run.describe().getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  private static boolean hasFailed(WorkflowStub run) {
    return run.describe().getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED;
  }

  private static @Nullable StatusView status(WorkflowStub run) {
    return run.query("status", StatusView.class);
  }
}
