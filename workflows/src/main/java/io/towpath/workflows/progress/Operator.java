package io.towpath.workflows.progress;

import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.failure.FailureKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
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
  private final Map<String, Decision> decisions = new TreeMap<>();
  private final Map<String, String> aliases = new TreeMap<>();
  private final Map<String, List<String>> items = new TreeMap<>();
  private final Map<String, Decision> itemDecisions = new TreeMap<>();
  private final TreeSet<String> gates = new TreeSet<>();
  private final Map<String, List<String>> approvers = new TreeMap<>();
  private final Map<String, String> approvals = new TreeMap<>();

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

  /**
   * Refuses a decision that nothing waits for: a rejected update costs no history.
   *
   * @param steps stages, runs by name, or single items that are meant; empty means all that wait
   */
  public void requireWaiting(List<String> steps) {
    List<String> waiting = stages.waiting();
    if (waiting.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing waits for a decision: the run needs no attention");
    }
    for (String step : steps) {
      if (waiting.stream().noneMatch(stage -> isStep(stage, step) || isItem(stage, step))) {
        throw new IllegalArgumentException(
            "\"" + step + "\" waits for no decision; waiting: " + String.join(", ", waiting));
      }
    }
  }

  /** Refuses a decision that stands for one step only, where it is not clear for which. */
  public void requireOneWaiting(List<String> steps) {
    requireWaiting(steps);
    if (steps.isEmpty() && stages.waiting().size() > 1) {
      throw new IllegalArgumentException(
          "several steps wait, name one of them: " + String.join(", ", stages.waiting()));
    }
  }

  /** Decides for these steps, or for all that wait. */
  public void decide(Word word, String text, List<String> steps) {
    for (String stage : stages.waiting()) {
      if (steps.isEmpty() || steps.stream().anyMatch(step -> isStep(stage, step))) {
        decisions.put(stage, new Decision(word, text));
      }
      steps.stream()
          .filter(step -> isItem(stage, step))
          .forEach(item -> itemDecisions.put(item, new Decision(word, text)));
    }
  }

  /** Lets people call a stage by the name that the request has for its run. */
  public void alias(String name, String stage) {
    aliases.put(name, stage);
  }

  private boolean isStep(String stage, String step) {
    return stage.equals(step) || stage.equals(aliases.get(step));
  }

  private boolean isItem(String stage, String step) {
    return items.getOrDefault(stage, List.of()).contains(step);
  }

  public boolean decided(String stage) {
    return decisions.containsKey(stage);
  }

  /** Takes the decision for a stage, if there is one. */
  public Optional<Decision> take(String stage) {
    return Optional.ofNullable(decisions.remove(stage));
  }

  /** Says who may open which gate; a gate that is not named may be opened by anybody. */
  public void guard(Map<String, List<String>> gateKeepers) {
    approvers.putAll(gateKeepers);
  }

  /** Refuses the approval of a gate that the run does not wait at, or by somebody else. */
  public void requireGate(String gate, String by) {
    if (!gates.contains(gate)) {
      throw new IllegalArgumentException(
          gates.isEmpty()
              ? "no gate waits for an approval"
              : "\"" + gate + "\" is no gate that waits; waiting: " + String.join(", ", gates));
    }
    List<String> may = approvers.getOrDefault(gate, List.of());
    if (!may.isEmpty() && !may.contains(by)) {
      throw new IllegalArgumentException(
          "\"" + by + "\" may not open " + gate + "; its approvers: " + String.join(", ", may));
    }
  }

  public void approve(String gate, String by, String note) {
    approvals.put(gate, note == null || note.isBlank() ? by : by + ": " + note);
  }

  /** Who opened which gate, for the report. */
  public Map<String, String> approvals() {
    return new TreeMap<>(approvals);
  }

  /**
   * Waits at a gate until somebody opens it. {@code fail} ends the run there.
   *
   * @param stage the stage that waits
   * @param reason what is to be approved
   * @return whether it was opened; else {@code skip} decided against it
   */
  public boolean awaitGate(String gate, String stage, String reason) {
    gates.add(gate);
    stages.attention(stage, Optional.of(reason));
    Optional<Decision> against = Optional.empty();
    while (!approvals.containsKey(gate) && against.isEmpty()) {
      Workflow.await(() -> approvals.containsKey(gate) || decided(stage));
      against = take(stage).filter(made -> made.word() == Word.SKIP || made.word() == Word.FAIL);
    }
    gates.remove(gate);
    stages.attention(stage, Optional.empty());
    Optional<Decision> failing = against.filter(made -> made.word() == Word.FAIL);
    if (failing.isPresent()) {
      throw ended(failing.get());
    }
    return approvals.containsKey(gate);
  }

  /** Waits while an operator has paused the run. */
  public void awaitNotPaused() {
    if (paused) {
      Workflow.await(() -> !paused);
    }
  }

  /** Parks a stage until somebody decides. */
  public Decision await(String stage, String reason) {
    decisions.remove(stage);
    stages.attention(stage, Optional.of(reason));
    Workflow.await(() -> decided(stage));
    stages.attention(stage, Optional.empty());
    return take(stage).orElseThrow();
  }

  /**
   * Parks a stage until somebody decides about some of its items, or about all of them at once.
   *
   * @return the decisions that were made, by item
   */
  public Map<String, Decision> awaitItems(String stage, String reason, List<String> undecided) {
    decisions.remove(stage);
    items.put(stage, undecided);
    stages.attention(stage, Optional.of(reason));
    Workflow.await(() -> decided(stage) || undecided.stream().anyMatch(itemDecisions::containsKey));
    stages.attention(stage, Optional.empty());
    items.remove(stage);
    Optional<Decision> rest = take(stage);
    Map<String, Decision> made = new TreeMap<>();
    for (String item : undecided) {
      Optional.ofNullable(itemDecisions.remove(item))
          .or(() -> rest)
          .ifPresent(decision -> made.put(item, decision));
    }
    return made;
  }

  /**
   * Does one step of a stage. When the platform refuses it for a reason that can be repaired, the
   * run parks and the step is done again after {@code retry}; {@code fail} and {@code skip} end it
   * with the failure.
   */
  public <T> T repairable(String stage, Supplier<T> step) {
    while (true) {
      try {
        return step.get();
      } catch (ActivityFailure failure) {
        awaitRepair(stage, failure);
      }
    }
  }

  /** Parks until what failed is to be tried again; throws the failure when it is not. */
  public void awaitRepair(String stage, ActivityFailure failure) {
    if (CancellationScope.current().isCancelRequested() || !canBeRepaired(failure)) {
      throw failure;
    }
    Decision decided =
        await(stage, reason(failure) + "; repair it, then: towpath retry, or towpath fail");
    if (decided.word() != Word.RETRY) {
      throw failure;
    }
  }

  private static boolean canBeRepaired(ActivityFailure failure) {
    return REPAIRABLE.contains(kindOf(failure));
  }

  /** The failure of a run that an operator ended. */
  public static ApplicationFailure ended(Decision decision) {
    return ApplicationFailure.newNonRetryableFailure(
        decision.text(), FailureKind.RUN_FAILED.name());
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
