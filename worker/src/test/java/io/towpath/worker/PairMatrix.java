package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;

/**
 * Pieces of work of which several calls are struck: the second fault meets what the first one left,
 * as the call that is sent again, the look whether it was received, or the call after it.
 */
final class PairMatrix {
  /** What a look may meet; it changes nothing, so that its effect cannot be lost. */
  private static final Map<String, String> OF_LOOKS =
      Map.of(
          "refuse", "{\"kind\":\"refuse\"}",
          "drop-before-commit", "{\"kind\":\"drop-before-commit\"}",
          "503", "{\"kind\":\"status\",\"code\":503,\"body\":\"\"}",
          "429", "{\"kind\":\"status\",\"code\":429,\"body\":\"\"}",
          "html", "{\"kind\":\"html\"}",
          "truncate", "{\"kind\":\"truncate\",\"bytes\":3}");

  /** More than one: looks before a call is sent are looks, too. */
  private static final int LOOKS = 3;

  private final Stack stack;
  private final List<Supplier<Cell.Kind>> kinds;
  private final Map<Integer, Recorded> recorded = new ConcurrentHashMap<>();

  /**
   * A call whose effect may be doubted, and what may be struck after it.
   *
   * @param kind which kind of work, by its place in the list
   */
  record Window(int kind, String first, String second) {}

  /**
   * Records nothing before a kind of work is wanted.
   *
   * @param kinds in an order that stays, for seeds choose from it
   */
  PairMatrix(Stack stack, List<Supplier<Cell.Kind>> kinds) {
    this.stack = stack;
    this.kinds = List.copyOf(kinds);
  }

  private Recorded recorded(int kind) {
    return recorded.computeIfAbsent(
        kind, missing -> Recorded.of(stack, kinds.get(kind).get(), "alone" + kind));
  }

  /**
   * Both calls of each window, under each pair of faults.
   *
   * @param name what work is called here, and nowhere else on this stack
   */
  List<DynamicTest> pairs(String name, List<Window> windows, Map<String, String> faults) {
    Map<String, Runnable> cells = new LinkedHashMap<>();
    for (Window window : windows) {
      Recorded work = recorded(window.kind());
      for (Map.Entry<String, String> first : new TreeMap<>(faults).entrySet()) {
        for (Map.Entry<String, String> second : new TreeMap<>(faults).entrySet()) {
          Cell cell = work.kind().named(name + cells.size());
          List<Strike> strikes =
              List.of(
                  Strike.once(window.first(), 0, first), Strike.once(window.second(), 0, second));
          cells.put(told(strikes), () -> aimed(cell, strikes, work));
        }
      }
    }
    return AtOnce.tests(cells);
  }

  /** Each window's call under each fault, and the looks that follow; one cell after the other. */
  List<DynamicTest> looks(List<Window> windows, Map<String, String> faults) {
    Map<String, Runnable> cells = new LinkedHashMap<>();
    for (Window window : windows) {
      Recorded work = recorded(window.kind());
      for (Map.Entry<String, String> first : new TreeMap<>(faults).entrySet()) {
        for (Map.Entry<String, String> look : new TreeMap<>(OF_LOOKS).entrySet()) {
          Cell cell = work.kind().named("look" + cells.size());
          List<Strike> strikes =
              List.of(
                  Strike.once(window.first(), 0, first),
                  Strike.once(window.second(), 0, look).times(LOOKS));
          cells.put(told(strikes), () -> alone(cell, strikes, work));
        }
      }
    }
    return AtOnce.oneByOne(cells);
  }

  /** For each seed a pair or three of any calls of any work. */
  List<DynamicTest> random(List<Long> seeds) {
    Map<String, Runnable> cells = new LinkedHashMap<>();
    for (long seed : seeds) {
      int kind = Math.floorMod(seed, kinds.size());
      Recorded work = recorded(kind);
      List<Strike> strikes = strikes(new Random(seed), work);
      Cell cell = work.kind().named("seed" + seed);
      cells.put("seed=" + seed, () -> drawn(seed, cell, strikes, work));
    }
    return AtOnce.tests(cells);
  }

  private static List<Strike> strikes(Random random, Recorded work) {
    List<String> routes = List.copyOf(work.calls().keySet());
    List<Map.Entry<String, String>> faults = List.copyOf(new TreeMap<>(FaultMatrix.ALL).entrySet());
    List<Strike> strikes = new ArrayList<>();
    for (int left = 2 + random.nextInt(2); left > 0; left--) {
      String route = routes.get(random.nextInt(routes.size()));
      int skip = random.nextInt(work.calls().getOrDefault(route, 1));
      strikes.add(Strike.once(route, skip, faults.get(random.nextInt(faults.size()))));
    }
    return strikes;
  }

  private static void drawn(long seed, Cell cell, List<Strike> strikes, Recorded work) {
    try (Armed armed = Armed.against(cell, strikes)) {
      Trial.struck(cell, "pair", strikes).seed(seed).against(work.outcome()).run();
      assertThat(armed.missed()).as("all faults struck nothing").isNotEqualTo(strikes);
    }
  }

  private static void aimed(Cell cell, List<Strike> strikes, Recorded work) {
    try (Armed armed = Armed.against(cell, strikes)) {
      struck(cell, strikes, work, armed);
    }
  }

  private void alone(Cell cell, List<Strike> strikes, Recorded work) {
    Strike call = strikes.get(0);
    Strike look = strikes.get(1);
    try (Armed first = Armed.against(cell, List.of(call));
        Armed second = Armed.againstAll(stack, List.of(look))) {
      struck(cell, strikes, work, first);
      assertThat(second.missed()).as("looks that met nothing").isEmpty();
    }
  }

  /** What the first one left may leave nothing for the second, which may be the same. */
  private static void struck(Cell cell, List<Strike> strikes, Recorded work, Armed armed) {
    Trial.struck(cell, "pair", strikes).against(work.outcome()).run();
    Strike first = strikes.get(0);
    assertThat(Collections.frequency(armed.missed(), first))
        .as("the first fault struck")
        .isLessThan(Collections.frequency(strikes, first));
  }

  private static String told(List<Strike> strikes) {
    return String.join(", then ", strikes.stream().map(Strike::told).toList());
  }
}
