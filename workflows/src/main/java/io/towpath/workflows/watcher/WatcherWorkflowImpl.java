package io.towpath.workflows.watcher;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.RunControls;
import io.towpath.workflows.etl.RunControls.ExternalEvent;
import io.towpath.workflows.tower.WatcherActivities;
import io.towpath.workflows.tower.WatcherActivities.News;
import io.towpath.workflows.tower.WatcherActivities.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Keeps who waits; what it looks at is the activity's affair. */
public final class WatcherWorkflowImpl implements WatcherWorkflow {
  /** Then it goes on as a new run. */
  private static final long MOST_EVENTS = 2_000;

  /** Runs that are launched together are taken up together, and a look may come to its end. */
  private static final Duration GATHERING = Duration.ofSeconds(10);

  /** Signals under way at once. */
  private static final int AT_ONCE = 50;

  private final Workspace workspace;
  private final Set<Waiter> waiting;
  private long newestMillis;
  private boolean joined;

  @WorkflowInit
  public WatcherWorkflowImpl(Workspace workspace, List<Waiter> waiting) {
    this.workspace = workspace;
    this.waiting = new LinkedHashSet<>(waiting);
    this.newestMillis = Workflow.currentTimeMillis();
  }

  @Override
  public void watch(Workspace same, List<Waiter> before) {
    while (!waiting.isEmpty()) {
      Workflow.setCurrentDetails(waiting.size() + " runs are waited for");
      look().ifPresent(this::tell);
      goOnIfLong();
    }
  }

  private void goOnIfLong() {
    if (isLong() && !waiting.isEmpty()) {
      Workflow.newContinueAsNewStub(WatcherWorkflow.class).watch(workspace, List.copyOf(waiting));
    }
  }

  private static boolean isLong() {
    return Workflow.getInfo().getHistoryLength() > MOST_EVENTS
        || Workflow.getInfo().isContinueAsNewSuggested();
  }

  @Override
  public void follow(Waiter waiter) {
    if (waiting.add(waiter)) {
      newestMillis = Workflow.currentTimeMillis();
      joined = true;
    }
  }

  /** News; empty when others joined meanwhile, who are to be looked for too. */
  private Optional<News> look() {
    joined = false;
    CompletablePromise<News> news = Workflow.newPromise();
    CancellationScope scope = Workflow.newCancellationScope(() -> news.completeFrom(ask()));
    scope.run();
    Workflow.await(() -> news.isCompleted() || joined || isLong());
    Workflow.await(GATHERING, news::isCompleted);
    if (!news.isCompleted()) {
      scope.cancel("others are to be looked for too");
    }
    try {
      return Optional.of(news.get());
    } catch (ActivityFailure | CanceledFailure cut) {
      CancellationScope.throwCanceled();
      return Optional.empty();
    }
  }

  private Promise<News> ask() {
    WatcherActivities platform =
        Workflow.newActivityStub(
            WatcherActivities.class,
            ActivityPolicy.await(TaskQueues.SEQERA, "watch " + waiting.size() + " runs"));
    List<String> runs = waiting.stream().map(Waiter::runId).distinct().toList();
    return Async.function(
        platform::awaitNews, new Watch(workspace.connection(), workspace.id(), runs, newestMillis));
  }

  /** During an outage everybody asks for himself, and shows it. */
  private void tell(News news) {
    Set<String> runs = new TreeSet<>(news.runIds());
    List<Waiter> told = new ArrayList<>(waiting);
    told.removeIf(waiter -> news.outage().isEmpty() && !runs.contains(waiter.runId()));
    for (int from = 0; from < told.size(); from += AT_ONCE) {
      List<Waiter> some = told.subList(from, Math.min(from + AT_ONCE, told.size()));
      some.forEach(waiting::remove);
      List<Promise<Void>> signals =
          some.stream().map(waiter -> Async.procedure(() -> wake(waiter))).toList();
      Promise.allOf(signals).get();
      goOnIfLong();
    }
  }

  /** The SDK has an exception for a signal that cannot be delivered, and throws another (1.38). */
  private static void wake(Waiter waiter) {
    try {
      Workflow.newExternalWorkflowStub(RunControls.class, waiter.workflowId())
          .externalEvent(new ExternalEvent(TYPE, waiter.runId(), ""));
    } catch (SignalExternalWorkflowException | ApplicationFailure gone) {
      // nobody waits any more
    }
  }
}
