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

/** Runs the cells of a matrix, eight at once; each becomes a test that tells how its cell ended. */
final class AtOnce {
  private static final int CELLS = 8;

  private AtOnce() {}

  static List<DynamicTest> tests(Map<String, Runnable> cells) {
    ExecutorService pool = Executors.newFixedThreadPool(CELLS);
    Map<String, Future<?>> running = new LinkedHashMap<>();
    cells.forEach((what, cell) -> running.put(what, pool.submit(cell)));
    pool.shutdown();
    List<DynamicTest> tests = new ArrayList<>();
    running.forEach((what, cell) -> tests.add(DynamicTest.dynamicTest(what, () -> ended(cell))));
    return tests;
  }

  private static void ended(Future<?> cell) throws Exception {
    try {
      cell.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError failed) {
        throw failed;
      }
      throw e;
    }
  }
}
