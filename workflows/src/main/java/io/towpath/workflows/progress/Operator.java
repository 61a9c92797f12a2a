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
   * @param resources what is given from now on, with {@link Word#RETRY}
   */
  public record Decision(Word word, String text, Optional<Resources> resources) {
    public Decision(Word word, String text) {
      this(word, text, Optional.empty());
    }
  }

  private static final List<FailureKind> REPAIRABLE =
      List.of(FailureKind.ACCESS_DENIED, FailureKind.CHECKSUM_MISMATCH);

  private final Stages stages;
  private final Pauses pauses = new Pauses();
  private boolean detached;
  private List<String> held = List.of();
  private final Map<String, Decision> decisions = new TreeMap<>();
  private final Map<String, String> aliases = new TreeMap<>();
  private final ItemChoices undecided = new ItemChoices(aliases);
  private final ItemChoices failed = new ItemChoices(aliases);
  private final Gates gates = new Gates();

  public Operator(Stages stages) {
    this.stages = stages;
  }

  public Pauses pauses() {
    return pauses;
  }

  public boolean paused() {
    return pauses.any();
  }

  /** A cancel that follows leaves platform runs alone. */
  public void detach() {
    detached = true;
  }

  public boolean detached() {
    return detached;
  }

  /** Says what this run holds: it is handed on at its end, so nothing may go on behind it. */
  public void holds(List<String> resources) {
    held = List.copyOf(resources);
  }

  /** Refuses to leave runs alone that work on what is handed on. */
  public void requireDetachable() {
    if (!held.isEmpty()) {
      throw new IllegalArgumentException(
          "the run holds "
              + String.join(", ", held)
              + ", and what it left running would work on it beside the next holder; cancel it"
              + " without detach, or let it end");
    }
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
          "nothing waits for a decision: "
              + stages
                  .attention()
                  .map(why -> "it goes on by itself, or ends with a cancel (" + why + ")")
                  .orElse("the run needs no attention"));
    }
    for (String step : steps) {
      if (waiting.stream().noneMatch(stage -> isStep(stage, step)) && !undecided.has(step)) {
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

  /** Refuses to try again what neither waits nor has failed in a stage that goes on. */
  public void requireRetriable(List<String> steps) {
    if (failed.names().isEmpty()) {
      requireWaiting(steps);
    }
    List<String> others = steps.stream().filter(step -> !failed.has(step)).toList();
    if (!others.isEmpty() && !stages.waiting().isEmpty()) {
      requireWaiting(others);
    } else if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "\"" + others.get(0) + "\" has not failed; failed: " + String.join(", ", failed.names()));
    }
  }

  /** Decides for these steps, or for all that wait. */
  public void decide(Word word, String text, List<String> steps) {
    decide(new Decision(word, text), steps);
  }

  /** Decides for these steps and items, or for all that wait or may be tried again. */
  public void decide(Decision decision, List<String> steps) {
    for (String stage : stages.waiting()) {
      if (steps.isEmpty() || steps.stream().anyMatch(step -> isStep(stage, step))) {
        decisions.put(stage, decision);
      }
    }
    undecided.decide(steps, decision);
    if (decision.word() == Word.RETRY) {
      failed.decide(steps.isEmpty() ? failed.names() : steps, decision);
    }
  }

  /** Lets people call a stage by the name that the request has for its run. */
  public void alias(String name, String stage) {
    aliases.put(name, stage);
  }

  private boolean isStep(String stage, String step) {
    return stage.equals(step) || stage.equals(aliases.get(step));
  }

  public boolean decided(String stage) {
    return decisions.containsKey(stage);
  }

  /** Takes the decision for a stage, if there is one. */
  public Optional<Decision> take(String stage) {
    return Optional.ofNullable(decisions.remove(stage));
  }

  public Gates gates() {
    return gates;
  }

  /**
   * Waits at a gate until somebody opens it. {@code fail} ends the run there.
   *
   * @param stage the stage that waits
   * @param reason what is to be approved
   * @return whether it was opened; else {@code skip} decided against it
   */
  public boolean awaitGate(String gate, String stage, String reason) {
    gates.waits(gate, stage);
    stages.attention(stage, Optional.of(reason));
    Optional<Decision> against = Optional.empty();
    while (!gates.isOpen(gate) && against.isEmpty()) {
      Workflow.await(() -> gates.isOpen(gate) || decided(stage));
      against = take(stage).filter(made -> made.word() == Word.SKIP || made.word() == Word.FAIL);
    }
    gates.passed(stage);
    stages.attention(stage, Optional.empty());
    Optional<Decision> failing = against.filter(made -> made.word() == Word.FAIL);
    if (failing.isPresent()) {
      throw ended(failing.get());
    }
    return gates.isOpen(gate);
  }

  /** Waits while an operator has paused the run. */
  public void awaitNotPaused() {
    if (paused()) {
      Workflow.await(() -> !paused());
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
  public Map<String, Decision> awaitItems(String stage, String reason, List<String> items) {
    decisions.remove(stage);
    undecided.offer(stage, items);
    stages.attention(stage, Optional.of(reason));
    Workflow.await(() -> decided(stage) || undecided.decided(stage));
    stages.attention(stage, Optional.empty());
    undecided.close(stage);
    Map<String, Decision> made = undecided.take(stage);
    take(stage).ifPresent(rest -> items.forEach(item -> made.putIfAbsent(item, rest)));
    return made;
  }

  /** Failed items of stages that go on, which people may have tried again. */
  public ItemChoices failed() {
    return failed;
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
