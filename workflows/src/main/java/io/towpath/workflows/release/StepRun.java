package io.towpath.workflows.release;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.progress.Operator;
import io.towpath.workflows.progress.Operator.Decision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs one step: a container for each item, several at a time. */
final class StepRun {
  private final ClaimedRun<ReleaseSpec> run;
  private final StepRequest step;
  private final EarlierItems earlier;
  private final Map<String, ItemRun> runs = new LinkedHashMap<>();
  private final Map<String, ItemEnd> ends = new LinkedHashMap<>();
  private final Map<String, String> attention = new TreeMap<>();

  StepRun(ClaimedRun<ReleaseSpec> run, StepRequest step, EarlierItems earlier) {
    this.run = run;
    this.step = step;
    this.earlier = earlier;
  }

  static String stage(StepRequest step) {
    return "step " + step.name();
  }

  private String stage() {
    return stage(step);
  }

  /** How the items ended that have, in the order of the request. */
  List<ItemEnd> ends() {
    return run.spec().itemsOf(step).stream()
        .flatMap(item -> Optional.ofNullable(ends.get(item)).stream())
        .toList();
  }

  /** Whether every item is done. */
  boolean well() {
    return ends.size() == run.spec().itemsOf(step).size()
        && ends.values().stream().allMatch(ItemEnd::well);
  }

  /** Whether a container was asked for: not everything was done before. */
  boolean ranAny() {
    return !runs.isEmpty();
  }

  /** Whether the end of every container that was asked for is known. */
  boolean allEnded() {
    return runs.values().stream().allMatch(ItemRun::allEnded);
  }

  /** What was begun. */
  Collection<ItemRun> items() {
    return runs.values();
  }

  void execute() {
    run.stages().begin(stage(), words());
    ArrayDeque<String> waiting = new ArrayDeque<>();
    for (String item : run.spec().itemsOf(step)) {
      if (earlier.succeeded(step, item)) {
        ends.put(item, ItemEnd.doneBefore(item));
      } else {
        waiting.add(item);
      }
    }
    runAll(waiting);
    decideUnclear();
    if (well()) {
      run.stages().done(stage(), words());
    } else {
      run.stages().failed(stage(), words());
    }
  }

  private void runAll(ArrayDeque<String> waiting) {
    Map<String, Promise<ItemEnd>> open = new LinkedHashMap<>();
    try {
      while (!waiting.isEmpty() || !open.isEmpty()) {
        while (!waiting.isEmpty() && open.size() < atOnce()) {
          begin(waiting.remove(), open);
        }
        Workflow.await(
            () ->
                open.values().stream().anyMatch(Promise::isCompleted)
                    || run.operator().failed().decided(stage())
                    || (!waiting.isEmpty() && open.size() < atOnce()));
        take(open);
        retried(open);
        if (step.onFailure().equals("stop") && anyFailed()) {
          waiting.forEach(
              item -> ends.put(item, ItemEnd.skipped(item, "another item failed before")));
          waiting.clear();
        }
      }
    } catch (TemporalFailure failure) {
      settle(open);
      throw failure;
    } finally {
      run.operator().failed().close(stage());
    }
  }

  /** What failed may be tried again as long as other items go on. */
  private void retried(Map<String, Promise<ItemEnd>> open) {
    run.operator()
        .failed()
        .take(stage())
        .forEach(
            (item, decision) -> {
              String why = why(item);
              ends.remove(item);
              open.put(item, Async.function(runOf(item)::again, decision, why));
            });
    run.operator().failed().offer(stage(), items(ItemEnd.State.FAILED));
  }

  private ItemRun runOf(String item) {
    return runs.computeIfAbsent(
        item, first -> new ItemRun(run, step, item, why -> attend(item, why)));
  }

  private void begin(String item, Map<String, Promise<ItemEnd>> open) {
    run.operator().awaitNotPaused();
    open.put(item, Async.function(runOf(item)::execute));
  }

  private void take(Map<String, Promise<ItemEnd>> open) {
    for (String item : List.copyOf(open.keySet())) {
      Promise<ItemEnd> promise = open.get(item);
      if (promise != null && promise.isCompleted()) {
        open.remove(item);
        ends.put(item, promise.get());
        run.stages().say(stage(), words(), Optional.empty());
      }
    }
    CancellationScope.throwCanceled();
  }

  /**
   * A decision is waited for once nothing else goes on; an item that is left out counts as failed.
   */
  private void decideUnclear() {
    List<String> unclear = items(ItemEnd.State.UNCLEAR);
    while (!unclear.isEmpty()) {
      Map<String, Decision> decisions =
          run.operator().awaitItems(stage(), unclearWords(unclear), unclear);
      decisions.values().stream()
          .filter(decision -> decision.word() == Operator.Word.FAIL)
          .findFirst()
          .ifPresent(
              failing -> {
                throw Operator.ended(failing);
              });
      Map<String, Promise<ItemEnd>> again = new LinkedHashMap<>();
      decisions.forEach(
          (item, decision) -> decide(item, decision).ifPresent(one -> again.put(item, one)));
      settle(again)
          .ifPresent(
              cut -> {
                throw cut;
              });
      unclear = items(ItemEnd.State.UNCLEAR);
    }
  }

  private Optional<Promise<ItemEnd>> decide(String item, Decision decision) {
    ItemRun one = runOf(item);
    return switch (decision.word()) {
      case RETRY -> Optional.of(Async.function(one::again, decision, why(item)));
      case ADOPT -> Optional.of(Async.function(one::adopt, decision.text()));
      case SKIP -> {
        ends.put(item, ItemEnd.skipped(item, decision.text()));
        yield Optional.empty();
      }
      case FAIL -> throw Operator.ended(decision);
    };
  }

  private String why(String item) {
    ItemEnd end = ends.get(item);
    return end == null ? "" : end.why();
  }

  private List<String> items(ItemEnd.State state) {
    return ends.values().stream().filter(end -> end.state() == state).map(ItemEnd::item).toList();
  }

  private String unclearWords(List<String> unclear) {
    List<String> words = new ArrayList<>();
    for (String item : unclear) {
      words.add((item.isEmpty() ? step.name() : item) + ": " + why(item));
    }
    return String.join("; ", words)
        + "; look at the executor, then: towpath adopt, towpath retry (runs it again), or towpath"
        + " skip";
  }

  private void attend(String item, Optional<String> why) {
    why.ifPresentOrElse(
        text -> attention.put(item, (item.isEmpty() ? "" : item + ": ") + text),
        () -> attention.remove(item));
    run.stages()
        .remark(
            stage(),
            attention.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("; ", attention.values())));
  }

  private boolean anyFailed() {
    return ends.values().stream().anyMatch(end -> end.state() == ItemEnd.State.FAILED);
  }

  /** An operator's word counts for every step. */
  private int atOnce() {
    return run.amended().orElse(step.maxParallel());
  }

  private String words() {
    int all = run.spec().itemsOf(step).size();
    long done = ends.values().stream().filter(ItemEnd::well).count();
    long before =
        ends.values().stream().filter(end -> end.state() == ItemEnd.State.DONE_BEFORE).count();
    return done
        + " of "
        + all
        + " done"
        + (before > 0 ? ", " + before + " of them before" : "")
        + (ends.size() > done ? ", " + (ends.size() - done) + " not" : "");
  }

  /**
   * Waits for all, also when one was cut short: nothing is submitted behind the clean-up.
   *
   * @return what cut one of them short
   */
  private Optional<TemporalFailure> settle(Map<String, Promise<ItemEnd>> open) {
    Optional<TemporalFailure> first = Optional.empty();
    for (Map.Entry<String, Promise<ItemEnd>> one : open.entrySet()) {
      try {
        ends.put(one.getKey(), one.getValue().get());
      } catch (TemporalFailure cut) {
        first = first.or(() -> Optional.of(cut));
      }
    }
    return first;
  }
}
