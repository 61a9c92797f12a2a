package io.towpath.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private static final String WANTED = System.getProperty("towpath.cell", "");

  private AtOnce() {}

  static List<DynamicTest> tests(Map<String, Runnable> cells) {
    ExecutorService pool = Executors.newFixedThreadPool(CELLS);
    Map<String, Future<?>> running = new LinkedHashMap<>();
    cells.forEach(
        (what, cell) -> {
          if (what.contains(WANTED)) {
            running.put(what, pool.submit(cell));
          }
        });
    pool.shutdown();
    List<DynamicTest> tests = new ArrayList<>();
    running.forEach(
        (what, cell) -> tests.add(DynamicTest.dynamicTest(what, () -> ended(what, cell))));
    return tests;
  }

  private static void ended(String what, Future<?> cell) throws Exception {
    try {
      cell.get();
    } catch (ExecutionException e) {
      throw new AssertionError("again: ./towpath prove --full --cell '" + what + "'", e.getCause());
    }
  }
}
