package io.towpath.worker;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.lease.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A workflow that works on a resource of which it must be alone. */
@WorkflowInterface
public interface Guarded {
  /** Returns once it was let go while it held the lease. */
  @WorkflowMethod(name = "guarded")
  String work(String resource, boolean waits);

  @SignalMethod
  void letGo();

  /** Where the work comes in and goes out. */
  @ActivityInterface(namePrefix = "Door")
  interface Door {
    void enter(String workflowId);

    void leave(String workflowId);
  }

  /** The workflow. */
  final class Impl implements Guarded {
    private boolean free;

    @Override
    public String work(String resource, boolean waits) {
      String id = Workflow.getInfo().getWorkflowId();
      Door door =
          Workflow.newActivityStub(
              Door.class,
              ActivityOptions.newBuilder()
                  .setTaskQueue(TaskQueues.WORKFLOWS)
                  .setStartToCloseTimeout(Duration.ofSeconds(20))
                  .build());
      return Lease.hold(
          resource,
          () -> {
            door.enter(id);
            Workflow.await(() -> free || !waits);
            door.leave(id);
            return id;
          });
    }

    @Override
    public void letGo() {
      free = true;
    }
  }

  /** Counts who is inside. */
  final class CountingDoor implements Door {
    private final List<String> entered = new ArrayList<>();
    private int inside;
    private int most;

    @Override
    public synchronized void enter(String workflowId) {
      entered.add(workflowId);
      inside++;
      most = Math.max(most, inside);
    }

    @Override
    public synchronized void leave(String workflowId) {
      inside--;
    }

    /** Who came in, in this order. */
    public synchronized List<String> entered() {
      return List.copyOf(entered);
    }

    /** The most that were inside at once. */
    public synchronized int most() {
      return most;
    }
  }
}
