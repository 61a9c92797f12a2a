package io.towpath.workflows.release;

import static io.towpath.workflows.progress.Operator.kindOf;
import static io.towpath.workflows.progress.Operator.reason;
import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.containers.ContainerActivities;
import io.towpath.workflows.containers.ContainerEnd;
import io.towpath.workflows.containers.ContainerEnd.How;
import io.towpath.workflows.containers.ContainerNews;
import io.towpath.workflows.containers.ContainerSpec;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.progress.Operator.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Runs the containers of one item, one after the other, until one succeeds or none may follow. */
final class ItemRun {
  /** Operation keys of generations must differ; no generation has as many attempts. */
  private static final int ATTEMPTS_PER_GENERATION = 1_000;

  private static final Duration STUCK_AFTER = Duration.ofHours(6);

  private final ClaimedRun<ReleaseSpec> run;
  private final StepRequest step;
  private final String item;
  private final Consumer<Optional<String>> attention;
  private final List<String> earlier = new ArrayList<>();
  private int attempts;
  private int failures;
  private int losses;
  private double cpus;
  private int memoryGb;
  private boolean allEnded = true;
  private boolean refused;
  private Optional<CancellationScope> look = Optional.empty();
  private String asked = "";

  /**
   * @param attention told when a person should look at this item, or no longer has to
   */
  ItemRun(
      ClaimedRun<ReleaseSpec> run,
      StepRequest step,
      String item,
      Consumer<Optional<String>> attention) {
    this.run = run;
    this.step = step;
    this.item = item;
    this.attention = attention;
    this.cpus = step.resources().of(item).cpus();
    this.memoryGb = step.resources().of(item).memoryGb();
  }

  /** Whether the end of every container that was asked for is known. */
  boolean allEnded() {
    return allEnded;
  }

  /** Whether its container is looked at and goes by this name or one with its key in it. */
  boolean isCalled(String externalId) {
    return look.isPresent() && externalId.contains(asked);
  }

  /** Asks the executor now. */
  void wake() {
    look.ifPresent(CancellationScope::cancel);
  }

  /** Goes on until the item has ended; a container that is there already is taken up. */
  ItemEnd execute() {
    return execute(Optional.empty());
  }

  /**
   * Goes on as often as a new item may, with what an operator gives it. A container that was
   * refused may have been submitted before: it is asked for under the same key.
   *
   * @param why what became of it so far
   */
  ItemEnd again(Decision decision, String why) {
    earlier.add(why);
    failures = 0;
    losses = 0;
    if (refused) {
      attempts--;
    }
    decision
        .resources()
        .ifPresent(
            given -> {
              cpus = given.cpus().orElse(cpus);
              memoryGb = given.memoryGb().orElse(memoryGb);
            });
    return execute();
  }

  /** Goes on with a container that an operator takes for ours. */
  ItemEnd adopt(String externalId) {
    attempts--;
    return execute(Optional.of(externalId));
  }

  private ItemEnd execute(Optional<String> adopted) {
    Optional<String> next = adopted;
    while (true) {
      attempts++;
      refused = false;
      ContainerEnd end;
      try {
        end = awaitEnd(request(next));
      } catch (ActivityFailure failure) {
        if (CancellationScope.current().isCancelRequested()) {
          throw failure;
        }
        allEnded = false;
        ItemEnd.State state = stateAfter(failure);
        refused = state == ItemEnd.State.FAILED;
        return ended(state, Optional.empty(), reason(failure));
      }
      if (end.how() == How.SUCCEEDED) {
        return ended(ItemEnd.State.SUCCEEDED, Optional.of(end), "");
      }
      String why = why(end);
      if (!mayRunAgain(end)) {
        return ended(ItemEnd.State.FAILED, Optional.of(end), why);
      }
      earlier.add(why);
      next = Optional.empty();
    }
  }

  private static ItemEnd.State stateAfter(ActivityFailure failure) {
    FailureKind kind = kindOf(failure);
    if (kind == FailureKind.CLAIM_LOST) {
      throw failure;
    }
    return kind == FailureKind.RUN_STUCK ? ItemEnd.State.UNCLEAR : ItemEnd.State.FAILED;
  }

  private ItemEnd ended(ItemEnd.State state, Optional<ContainerEnd> end, String why) {
    return new ItemEnd(item, state, attempts, memoryGb, end, why, List.copyOf(earlier));
  }

  /**
   * What ended by itself is judged by its exit code; what never ran is counted apart, and so is
   * what was stopped because the holder before this one had ended.
   */
  private boolean mayRunAgain(ContainerEnd end) {
    StepRequest.Retry rules = step.retry();
    switch (end.how()) {
      case LOST -> {
        return ++losses <= rules.infrastructure();
      }
      case STOPPED -> {
        return run.claim().holder() > 1 && ++losses <= rules.infrastructure();
      }
      case FAILED, OUT_OF_MEMORY -> {
        int code = end.exitCode().orElse(-1);
        boolean memory = end.how() == How.OUT_OF_MEMORY || rules.scaleMemoryOn().contains(code);
        if (++failures >= rules.maxAttempts() || !(memory || rules.onExitCodes().contains(code))) {
          return false;
        }
        if (memory) {
          memoryGb = rules.more(memoryGb);
        }
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  private String why(ContainerEnd end) {
    String how =
        switch (end.how()) {
          case OUT_OF_MEMORY -> "killed, memory suspected (it had " + memoryGb + " GiB)";
          case TIMED_OUT -> "ended at its time-out of " + step.timeout();
          case LOST -> "never ran to an end";
          case STOPPED -> "stopped by somebody";
          default -> "exit code " + end.exitCode().map(String::valueOf).orElse("unknown");
        };
    return how
        + (end.reason().isEmpty() ? "" : ": " + end.reason())
        + (attempts > 1 ? "; attempt " + attempts : "");
  }

  private ContainerEnd awaitEnd(RunContainer first) {
    RunContainer request = first;
    try {
      while (true) {
        ContainerNews news = ask(request);
        if (news.end().isPresent()) {
          return news.end().get();
        }
        attention.accept(news.attention());
        request = request.knowing(news.attention());
      }
    } finally {
      attention.accept(Optional.empty());
    }
  }

  /** A look that was woken is given up and begun anew; the container does not notice. */
  private ContainerNews ask(RunContainer request) {
    ContainerActivities containers =
        stub(
            ContainerActivities.class,
            ActivityPolicy.submit(
                TaskQueues.CONTAINERS, step.name() + (item.isEmpty() ? "" : " " + item)));
    List<ContainerNews> news = new ArrayList<>();
    asked = request.key().value();
    while (news.isEmpty()) {
      CancellationScope scope =
          Workflow.newCancellationScope(() -> news.add(containers.run(request)));
      look = Optional.of(scope);
      try {
        scope.run();
      } catch (TemporalFailure failure) {
        boolean woken =
            scope.isCancelRequested() && !CancellationScope.current().isCancelRequested();
        if (!woken) {
          throw failure;
        }
      } finally {
        look = Optional.empty();
      }
    }
    return news.get(0);
  }

  private RunContainer request(Optional<String> adopted) {
    RunKey key =
        RunKey.of(
            run.settings().scoped(run.claim().businessKey()),
            step.name(),
            item,
            run.spec().effectOf(step, item),
            (run.claim().generation() - 1) * ATTEMPTS_PER_GENERATION + attempts);
    String name = step.name() + (item.isEmpty() ? "" : "-" + item);
    return new RunContainer(
        run.claim(),
        run.spec().executor(),
        name,
        key,
        container(key),
        adopted,
        run.work().resolve("logs/" + name + "." + attempts + ".log"),
        STUCK_AFTER,
        Optional.empty());
  }

  private ContainerSpec container(RunKey key) {
    ReleaseRequest request = run.spec().request();
    Map<String, String> values = new TreeMap<>();
    run.spec()
        .config()
        .ifPresent(file -> values.put("{config}", file.uri().replaceFirst("^syn://", "")));
    values.put("{item}", item);
    values.put("{release}", request.name().release());
    values.put("{project}", request.name().project());
    values.put("{environment}", request.name().environment());
    values.put("{operationKey}", key.value());
    return new ContainerSpec(
        run.spec().image(),
        step.command().stream().map(word -> filled(word, values)).toList(),
        request.environment(),
        request.secrets(),
        cpus,
        memoryGb * 1024,
        step.timeout());
  }

  private static String filled(String word, Map<String, String> values) {
    String filled = word;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace(value.getKey(), value.getValue());
    }
    return filled;
  }
}
