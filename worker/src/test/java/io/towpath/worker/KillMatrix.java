package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.sandbox.SandboxOptions;
import java.util.ArrayList;
import java.util.HashMap;
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
  private static final int ROUNDS = 8;

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
    survived = Trial.of(killedAfterEachCall, "kill", List.of("each call in turn")).run();
    cells = record(kinds);
  }

  /** One cell for each call that work of these kinds makes; on any watched worker. */
  static List<Aimed> record(Cell.Kind... kinds) {
    List<Aimed> cells = new ArrayList<>();
    Set<String> aims = new HashSet<>();
    for (Cell.Kind kind : kinds) {
      Cell recorded = kind.named("spared" + aims.size());
      Trial trial = Trial.undisturbed(recorded);
      Essence spared = trial.run();
      for (String aim : trial.aims()) {
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
  private boolean diedInTurn(String aim) {
    String call = Kill.callOf(aim);
    return !Kill.changes(call) && Kill.calls(killedAfterEachCall.workflowId()).containsKey(call);
  }

  /**
   * Every recorded call. Deaths of different activities do not touch each other, so one piece of
   * work takes a death of each: the first of its calls, in the next the second, and so on. An
   * activity with more calls than there are pieces of work dies again some calls later.
   */
  List<DynamicTest> everyCall() {
    Map<Cell.Kind, Map<String, Integer>> calls = new HashMap<>();
    Map<String, List<Aimed>> rounds = new LinkedHashMap<>();
    for (Aimed cell : cells) {
      Map<String, Integer> seen = calls.computeIfAbsent(cell.kind(), kind -> new HashMap<>());
      int before = seen.merge(activityOf(cell.aim()), 1, Integer::sum) - 1;
      String round =
          "work " + calls.size() + ", call " + (before % ROUNDS + 1) + " of each activity";
      rounds.computeIfAbsent(round, first -> new ArrayList<>()).add(cell);
    }
    return tests("killed", rounds);
  }

  /** The same with one death in each piece of work. */
  List<DynamicTest> everyCallAlone() {
    Map<String, List<Aimed>> rounds = new LinkedHashMap<>();
    cells.forEach(cell -> rounds.put(cell.aim(), List.of(cell)));
    return tests("alone", rounds);
  }

  private static String activityOf(String aim) {
    String call = Kill.callOf(aim);
    return call.substring(0, call.indexOf(':'));
  }

  private List<DynamicTest> tests(String prefix, Map<String, List<Aimed>> rounds) {
    Map<String, Runnable> tests = new LinkedHashMap<>();
    rounds.forEach(
        (what, round) -> {
          String name = prefix + tests.size();
          tests.put(what, () -> kill(round, name));
        });
    return AtOnce.tests(tests);
  }

  /**
   * Which reads a request makes depends on what the worker remembers of the cells beside it, so
   * aims that were not met are tried with a further request; each has to hold, struck or not. A
   * change has to be struck, and so has a read that was not struck on the fresh worker.
   */
  private void kill(List<Aimed> round, String name) {
    List<String> aims = round.stream().map(Aimed::aim).toList();
    for (int request = 0; request < REQUESTS && !aims.isEmpty(); request++) {
      Cell cell = round.get(0).kind().named(name + "x" + request);
      Kill.aim(cell.workflowId(), aims);
      Trial.of(cell, "kill", aims.stream().map(Kill::callOf).toList())
          .against(round.get(0).spared())
          .run();
      aims = Kill.missed(cell.workflowId());
    }
    assertThat(aims)
        .as("calls that no worker died after")
        .allMatch(aim -> diedInTurn(aim) || isFence(aim));
  }

  /** What cannot double is fenced once a second at most, so a quick request may do without. */
  private static boolean isFence(String aim) {
    return Kill.callOf(aim).endsWith(": s3 HeadObject");
  }
}
