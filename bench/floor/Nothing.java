import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** The least that has as many steps: a worker whose workflow runs activities that do nothing, one after the other. */
public class Nothing {
  @WorkflowInterface
  public interface Steps {
    @WorkflowMethod(name = "nothing")
    int run(int count);
  }

  @ActivityInterface
  public interface Step {
    int one(int number);
  }

  public static class StepsInOrder implements Steps {
    private final Step step =
        Workflow.newActivityStub(
            Step.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build());

    @Override
    public int run(int count) {
      for (int number = 0; number < count; number++) {
        step.one(number);
      }
      return count;
    }
  }

  public static class Same implements Step {
    @Override
    public int one(int number) {
      return number;
    }
  }

  public static void main(String[] arguments) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(arguments[0]).build());
    WorkerFactory factory = WorkerFactory.newInstance(WorkflowClient.newInstance(stubs));
    Worker worker = factory.newWorker("bench-nothing");
    worker.registerWorkflowImplementationTypes(StepsInOrder.class);
    worker.registerActivitiesImplementations(new Same());
    factory.start();
    System.out.println("worker ready");
  }
}
