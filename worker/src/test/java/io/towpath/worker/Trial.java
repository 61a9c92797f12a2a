package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.client.WorkflowStub;
import io.towpath.proof.check.Expectation;
import io.towpath.proof.check.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One cell of a matrix: work that is struck, judged by the independent checker, and recorded for
 * the proof's page. Begins the journal's watch when it is made, so it is made before the work
 * starts.
 */
final class Trial {
  private final Cell cell;
  private final String kind;
  private final List<String> strikes;
  private final long since;
  private final long begun = System.nanoTime();
  private final ObjectNode told = Stack.JSON.createObjectNode();
  private int injected;
  private @Nullable Essence undisturbed;
  private List<String> aims = List.of();
  private Supplier<Map<String, Long>> figures = Map::of;

  private Trial(Cell cell, String kind, List<String> strikes) {
    this.cell = cell;
    this.kind = kind;
    this.strikes = strikes;
    this.injected = strikes.size();
    this.since = cell.stack().now();
  }

  /**
   * Work that is struck.
   *
   * @param kind what strikes, as records call it: fault, kill
   * @param strikes each as platform or activity, call and fault, with blanks between
   */
  static Trial of(Cell cell, String kind, List<String> strikes) {
    return new Trial(cell, kind, strikes);
  }

  /** Work whose calls meet faults; {@link Armed} has them in force. */
  static Trial struck(Cell cell, String kind, List<Strike> strikes) {
    Trial trial = new Trial(cell, kind, strikes.stream().map(Strike::told).toList());
    trial.injected = Strike.calls(strikes);
    return trial;
  }

  /** Work that nothing happens to. */
  static Trial undisturbed(Cell cell) {
    return new Trial(cell, "undisturbed", List.of());
  }

  /** Compares calls and outcome with those of work that nothing happened to. */
  Trial against(@Nullable Essence other) {
    this.undisturbed = other;
    return this;
  }

  /** Made from random numbers that begin with this one, which makes the same again. */
  Trial seed(long number) {
    told.put("seed", number);
    return this;
  }

  /** Puts what is measured at its end into the record. */
  Trial measuring(Supplier<Map<String, Long>> what) {
    figures = what;
    return this;
  }

  Essence run() {
    return ended(cell.start());
  }

  /** Waits for the end of work that was started. */
  Essence ended(WorkflowStub run) {
    return recorded(
        () -> {
          Essence essence = cell.outcome(run);
          aims = Kill.aims(cell.workflowId());
          figures.get().forEach(told::put);
          Verdict verdict = judged();
          holds(verdict);
          if (undisturbed != null) {
            assertThat(essence.differencesFrom(undisturbed)).as("%s", strikes).isEmpty();
          }
          return essence.made(verdict.calls());
        });
  }

  /** What the work needs before it can end; if it fails, so does the cell. */
  void before(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      recorded(
          () -> {
            throw e;
          });
    }
  }

  /** Records what is found out, or that it was not as it has to be. */
  <T> T recorded(Supplier<T> findings) {
    boolean passed = false;
    try {
      T found = findings.get();
      passed = true;
      return found;
    } finally {
      told.put("kind", kind).put("etl", cell.etl()).put("cell", cell.workflowId());
      told.set("strikes", Stack.JSON.valueToTree(strikes));
      told.put("passed", passed).put("undisturbed", undisturbed == null ? 0 : undisturbed.calls());
      told.put("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
      Records.add(told);
    }
  }

  /** Tells a verdict, in which no rule may be violated. */
  void holds(Verdict verdict) {
    Records.tell(told, verdict);
    assertThat(verdict.violations()).as("%s struck by %s", cell.workflowId(), strikes).isEmpty();
  }

  /** The calls that the work made, as {@link Kill#aims} tells them; not those of its repetition. */
  List<String> aims() {
    return aims;
  }

  /** The journal's newest entry before the work. */
  long since() {
    return since;
  }

  private Verdict judged() {
    Expectation asked = cell.asked(since, cell.told());
    if (undisturbed != null) {
      asked.budget(undisturbed.calls(), injected);
    }
    if (undisturbed == null || Records.WANTED) {
      asked.tells(cell.stack().historyText(cell.workflowId()));
    } else {
      asked.hurried();
    }
    if (cell.repeatable()) {
      asked.again(cell.stack().now());
      cell.start().getResult(Map.class);
    }
    return Verdict.of(asked, cell.stack().platforms());
  }
}
