package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.sandbox.SandboxOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.DynamicTest;

/**
 * A piece of work whose attempt dies after a platform call, once for each call that it was recorded
 * to make without faults. The in-JVM server cannot outlive a killed poller, so an interceptor ends
 * the attempt; {@link RealServerIT} does the same to a real worker on a real server.
 */
final class KillMatrix {
  private static final int REQUESTS = 2;

  private final Cell killedAfterEachCall;
  private final Essence survived;
  private final List<Aimed> cells;

  /**
   * Work that dies after a call, told as {@link Kill#aims} does.
   *
   * @param spared what is left by the same work that does not die
   */
  record Aimed(Cell.Kind kind, String aim, Essence spared) {}

  /**
   * Records on a worker that has to be fresh.
   *
   * @param kinds the cheapest first: a call is struck in the first that makes it
   */
  KillMatrix(Cell.Kind... kinds) {
    Cell.Kind richest = kinds[kinds.length - 1];
    killedAfterEachCall = richest.named("each");
    Kill.aimAtEach(killedAfterEachCall.workflowId());
    survived = killedAfterEachCall.run();
    cells = record(kinds);
  }

  /** One cell for each call that work of these kinds makes; on any watched worker. */
  static List<Aimed> record(Cell.Kind... kinds) {
    List<Aimed> cells = new ArrayList<>();
    Set<String> aims = new HashSet<>();
    for (Cell.Kind kind : kinds) {
      Cell recorded = kind.named("spared" + aims.size());
      Essence spared = recorded.run();
      for (String aim : Kill.aims(recorded.workflowId())) {
        if (aims.add(aim)) {
          cells.add(new Aimed(kind, aim, spared));
        }
      }
    }
    return cells;
  }

  /** A stack whose worker's attempts can be killed. */
  static Stack stack() {
    return stack(Map.of());
  }

  /** The same with more settings of the worker. */
  static Stack stack(Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>(Stack.FAST);
    settings.putAll(more);
    return new Stack(
        SandboxOptions.forTests(),
        settings,
        new OkHttpClient.Builder().addInterceptor(new Kill()).build(),
        List.of(Death.told()));
  }

  void survivesEachInTurn() {
    assertThat(survived.differencesFrom(cells.get(cells.size() - 1).spared())).isEmpty();
  }

  /**
   * A fresh worker remembers nothing, so it makes the reads that later cells do without; but an
   * attempt that finds done what the one before it did asks no more how that goes on.
   */
  private boolean diedInTurn(Aimed cell) {
    return Kill.calls(killedAfterEachCall.workflowId()).containsKey(Kill.callOf(cell.aim()));
  }

  List<DynamicTest> everyCall() {
    return tests("killed", cells);
  }

  /** The first call of each name that changes a platform, or that the fresh worker did not make. */
  List<DynamicTest> everyRoute() {
    return tests(
        "died",
        cells.stream()
            .filter(cell -> cell.aim().startsWith("1\t"))
            .filter(cell -> changesPlatform(Kill.callOf(cell.aim())) || !diedInTurn(cell))
            .toList());
  }

  /** Entries of the ledger and working lists are calls of S3. */
  private static boolean changesPlatform(String call) {
    return Kill.changes(call) && !call.contains(": s3 ");
  }

  private List<DynamicTest> tests(String prefix, List<Aimed> cells) {
    Map<String, Runnable> tests = new LinkedHashMap<>();
    for (Aimed cell : cells) {
      String name = prefix + tests.size();
      tests.put(cell.aim(), () -> kill(cell, name));
    }
    return AtOnce.tests(tests);
  }

  /**
   * Which reads a request makes depends on what the worker remembers of the cells beside it, so an
   * aim that was not met is tried with a further request; each has to hold, struck or not. A change
   * has to be struck, and so has a read that was not struck on the fresh worker.
   */
  private void kill(Aimed aimed, String name) {
    List<String> requests = new ArrayList<>();
    do {
      Cell cell = aimed.kind().named(name + "x" + requests.size());
      requests.add(cell.workflowId());
      Kill.aim(cell.workflowId(), aimed.aim());
      assertThat(cell.run().differencesFrom(aimed.spared())).isEmpty();
    } while (requests.size() < REQUESTS && !struck(requests));
    assertThat(struck(requests) || (diedInTurn(aimed) && !Kill.changes(Kill.callOf(aimed.aim()))))
        .as("the worker was killed: " + requests)
        .isTrue();
  }

  private static boolean struck(List<String> requests) {
    return requests.stream().anyMatch(Kill.struck()::contains);
  }
}
