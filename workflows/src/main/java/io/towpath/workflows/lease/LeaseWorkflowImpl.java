package io.towpath.workflows.lease;

import static io.towpath.workflows.progress.Operator.reason;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.ContinueAsNewOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.containers.ContainerActivities;
import io.towpath.workflows.containers.ContainerActivities.StopContainers;
import io.towpath.workflows.holder.HolderActivities;
import io.towpath.workflows.holder.LeaseHolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** First come, first served; watches whoever is first, so that nobody has to give it back. */
public final class LeaseWorkflowImpl implements LeaseWorkflow {
  /** After so many holders it goes on as a new run: some fifteen events each. */
  private static final int HOLDERS_PER_RUN = 20;

  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration NEXT_TRY = Duration.ofMinutes(5);

  private final List<LeaseHolder> queue;
  private Optional<LeaseHolder> leaving = Optional.empty();

  @WorkflowInit
  public LeaseWorkflowImpl(List<LeaseHolder> queue) {
    this.queue = new ArrayList<>(queue);
  }

  @Override
  public void serve(List<LeaseHolder> before) {
    for (int served = 0; !queue.isEmpty(); served++) {
      if (served == HOLDERS_PER_RUN) {
        goOn();
      }
      awaitEndOf(queue.get(0));
    }
  }

  private void goOn() {
    ContinueAsNewOptions shown =
        ContinueAsNewOptions.newBuilder().setMemo(Map.of(QUEUE, List.copyOf(queue))).build();
    Workflow.newContinueAsNewStub(LeaseWorkflow.class, shown).serve(queue);
  }

  /** A watch that failed says nothing about the holder: it is watched again. */
  private void awaitEndOf(LeaseHolder holder) {
    CompletablePromise<Boolean> closed = Workflow.newPromise();
    CancellationScope watch =
        Workflow.newCancellationScope(() -> closed.completeFrom(watch(holder)));
    watch.run();
    Workflow.await(() -> closed.isCompleted() || queue.indexOf(holder) != 0);
    if (closed.isCompleted() && closed.get()) {
      leaving = Optional.of(holder);
      stopWhatItLeft(holder);
      leaving = Optional.empty();
      release(holder);
    }
    watch.cancel();
  }

  /**
   * A holder that ended without giving the lease back may have containers that still work on the
   * resource: nobody gets the lease before they have ended.
   */
  private static void stopWhatItLeft(LeaseHolder holder) {
    ContainerActivities containers =
        Workflow.newActivityStub(
            ContainerActivities.class,
            ActivityPolicy.submit(
                TaskQueues.CONTAINERS, "stop what " + holder.workflowId() + " left"));
    while (true) {
      try {
        containers.stop(new StopContainers(holder.workflowId(), Optional.empty(), true, GRACE));
        return;
      } catch (ActivityFailure refused) {
        Workflow.setCurrentDetails(
            holder.workflowId() + " left containers that cannot be stopped: " + reason(refused));
        Workflow.sleep(NEXT_TRY);
      }
    }
  }

  private static Promise<Boolean> watch(LeaseHolder holder) {
    HolderActivities holders =
        Workflow.newActivityStub(
            HolderActivities.class,
            ActivityPolicy.await(TaskQueues.WORKFLOWS, "watch " + holder.workflowId()));
    return Async.function(holders::awaitClosed, holder.workflowId())
        .handle((how, failure) -> failure == null);
  }

  /**
   * One workflow id has one live run at most: whoever asks under the id of another in the queue
   * takes its place, because that one is closed; unless what that one left is just being stopped.
   */
  @Override
  public void request(LeaseHolder holder) {
    for (int place = 0; place < queue.size(); place++) {
      LeaseHolder other = queue.get(place);
      if (other.workflowId().equals(holder.workflowId()) && !leaving.equals(Optional.of(other))) {
        queue.set(place, holder);
        show();
        return;
      }
    }
    queue.add(holder);
    show();
  }

  @Override
  public void release(LeaseHolder holder) {
    if (queue.remove(holder)) {
      show();
    }
  }

  private void show() {
    Workflow.upsertMemo(Map.of(QUEUE, queue));
  }
}
