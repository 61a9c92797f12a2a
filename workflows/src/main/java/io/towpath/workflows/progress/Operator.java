package io.towpath.workflows.progress;

import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.failure.FailureKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a run meets its operator: pause, and the decisions for which it parks. A decision is taken
 * once, by the step that waits for it.
 */
public final class Operator {
  /** What an operator decided. */
  public enum Word {
    RETRY,
    SKIP,
    ADOPT,
    FAIL
  }

  /**
   * A decision.
   *
   * @param text reason, or with {@link Word#ADOPT} the platform's id
   */
  public record Decision(Word word, String text) {}

  private static final List<FailureKind> REPAIRABLE =
      List.of(FailureKind.ACCESS_DENIED, FailureKind.CHECKSUM_MISMATCH);

  private final Stages stages;
  private boolean paused;
  private boolean detached;
  private Optional<Decision> decision = Optional.empty();

  public Operator(Stages stages) {
    this.stages = stages;
  }

  public void pause(boolean on) {
    paused = on;
  }

  public boolean paused() {
    return paused;
  }

  /** A cancel that follows leaves platform runs alone. */
  public void detach() {
    detached = true;
  }

  public boolean detached() {
    return detached;
  }

  /** Refuses a decision that nothing waits for: a rejected update costs no history. */
  public void requireWaiting() {
    if (stages.attention().isEmpty()) {
      throw new IllegalArgumentException(
          "nothing waits for a decision: the run needs no attention");
    }
  }

  public void decide(Word word, String text) {
    decision = Optional.of(new Decision(word, text));
  }

  public boolean decided() {
    return decision.isPresent();
  }

  /** Takes the decision, if there is one. */
  public Optional<Decision> take() {
    Optional<Decision> taken = decision;
    decision = Optional.empty();
    return taken;
  }

  /** Waits while an operator has paused the run. */
  public void awaitNotPaused() {
    if (paused) {
      Workflow.await(() -> !paused);
    }
  }

  /** Parks until somebody decides. */
  public Decision await(String reason) {
    decision = Optional.empty();
    stages.attention(Optional.of(reason));
    Workflow.await(this::decided);
    stages.attention(Optional.empty());
    return take().orElseThrow();
  }

  /**
   * Does one step. When the platform refuses it for a reason that can be repaired, the run parks
   * and the step is done again after {@code retry}; {@code fail} and {@code skip} end it with the
   * failure.
   */
  public <T> T repairable(Supplier<T> step) {
    while (true) {
      try {
        return step.get();
      } catch (ActivityFailure failure) {
        if (CancellationScope.current().isCancelRequested() || !canBeRepaired(failure)) {
          throw failure;
        }
        Decision decided =
            await(reason(failure) + "; repair it, then: towpath retry, or towpath fail");
        if (decided.word() != Word.RETRY) {
          throw failure;
        }
      }
    }
  }

  private static boolean canBeRepaired(ActivityFailure failure) {
    return REPAIRABLE.contains(kindOf(failure));
  }

  /** The failure kind behind an activity's failure. */
  public static FailureKind kindOf(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof ApplicationFailure application) {
        return FailureKind.named(application.getType(), FailureKind.PLATFORM_UNAVAILABLE);
      }
    }
    return FailureKind.PLATFORM_UNAVAILABLE;
  }

  /** The words behind an activity's failure. */
  public static String reason(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof ApplicationFailure application) {
        return application.getOriginalMessage();
      }
    }
    return String.valueOf(failure.getMessage());
  }

  /** A typed stub with its policy, so that a call reads as one line. */
  public static <T> T stub(Class<T> port, ActivityOptions policy) {
    return Workflow.newActivityStub(port, policy);
  }
}
