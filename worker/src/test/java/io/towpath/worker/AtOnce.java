package io.towpath.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs the cells of a matrix, eight at once; each becomes a test that tells how its cell ended. Of
 * all of them only those run whose name has the system property {@code towpath.cell} in it.
 */
final class AtOnce {
  private static final int CELLS = 8;

  /** What names of cells that are to run have in them. */
  static final String WANTED = System.getProperty("towpath.cell", "");

  private AtOnce() {}

  static List<DynamicTest> tests(Map<String, Runnable> cells) {
    ExecutorService pool = Executors.newFixedThreadPool(CELLS);
    Map<String, Future<?>> running = new LinkedHashMap<>();
    wanted(cells).forEach((what, cell) -> running.put(what, pool.submit(cell)));
    pool.shutdown();
    List<DynamicTest> tests = new ArrayList<>();
    running.forEach(
        (what, cell) -> tests.add(DynamicTest.dynamicTest(what, () -> ended(what, cell))));
    return tests;
  }

  /** Cells of which each runs alone, as what strikes it would strike others. */
  static List<DynamicTest> oneByOne(Map<String, Runnable> cells) {
    List<DynamicTest> tests = new ArrayList<>();
    wanted(cells)
        .forEach(
            (what, cell) ->
                tests.add(
                    DynamicTest.dynamicTest(
                        what, () -> ended(what, CompletableFuture.runAsync(cell, Runnable::run)))));
    return tests;
  }

  private static Map<String, Runnable> wanted(Map<String, Runnable> cells) {
    Map<String, Runnable> wanted = new LinkedHashMap<>(cells);
    wanted.keySet().removeIf(what -> !what.contains(WANTED));
    return wanted;
  }

  private static void ended(String what, Future<?> cell) throws Exception {
    try {
      cell.get();
    } catch (ExecutionException e) {
      throw new AssertionError("again: ./towpath prove --full --cell '" + what + "'", e.getCause());
    }
  }
}
