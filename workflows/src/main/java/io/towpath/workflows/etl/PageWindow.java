package io.towpath.workflows.etl;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.towpath.workflows.progress.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Works through numbered pages, several at a time; the next one begins as soon as any has ended. A
 * page that fails for a reason that can be repaired is done again by itself.
 */
public final class PageWindow {
  /** Pages at a time: enough to keep the quota busy, few enough to stop soon. */
  public static final int WIDTH = 8;

  private final Operator operator;
  private final String stage;

  public PageWindow(Operator operator, String stage) {
    this.operator = operator;
    this.stage = stage;
  }

  /**
   * Returns what came of each page, in order.
   *
   * @param begin begins a page
   * @param done told of each page as it ends
   */
  public <T> List<T> each(int pages, IntFunction<Promise<T>> begin, Consumer<T> done) {
    Map<Integer, T> results = new TreeMap<>();
    Map<Integer, Promise<T>> open = new TreeMap<>();
    try {
      for (int next = 0; results.size() < pages; ) {
        for (; next < pages && open.size() < WIDTH; next++) {
          operator.awaitNotPaused();
          open.put(next, begin.apply(next));
        }
        UnderWay.awaitEnd(List.of(Promise.anyOf(List.copyOf(open.values()))));
        for (int page : ended(open)) {
          T result = result(page, open.remove(page), begin);
          results.put(page, result);
          done.accept(result);
        }
        CancellationScope.throwCanceled();
      }
    } catch (TemporalFailure failure) {
      if (CancellationScope.current().isCancelRequested()) {
        UnderWay.awaitEnd(open.values());
      }
      throw failure;
    }
    return new ArrayList<>(results.values());
  }

  private <T> T result(int page, Promise<T> first, IntFunction<Promise<T>> again) {
    List<Promise<T>> tries = new ArrayList<>(List.of(first));
    return operator.repairable(
        stage, () -> (tries.isEmpty() ? again.apply(page) : tries.remove(0)).get());
  }

  private static <T> List<Integer> ended(Map<Integer, Promise<T>> open) {
    return open.entrySet().stream()
        .filter(page -> page.getValue().isCompleted())
        .map(Map.Entry::getKey)
        .toList();
  }
}
