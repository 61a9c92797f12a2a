package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.towpath.activities.failure.FailureTranslator;
import io.towpath.activities.holder.HolderActivitiesImpl;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.TowpathDataConverter;
import io.towpath.workflows.WorkflowIds;
import io.towpath.workflows.holder.LeaseHolder;
import io.towpath.workflows.lease.LeaseWorkflow;
import io.towpath.workflows.lease.LeaseWorkflowImpl;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Leases as workflows hold them, on the in-JVM server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class LeaseTest {
  private static final String RESOURCE = "drs/a dataset";
  private static final String LEASE = WorkflowIds.lease(RESOURCE);

  private final Guarded.CountingDoor door = new Guarded.CountingDoor();
  private final LeftContainers left = new LeftContainers();
  private final TestWorkflowEnvironment environment =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setUseTimeskipping(false)
              .setWorkflowServiceStubsOptions(
                  WorkflowServiceStubsOptions.newBuilder()
                      .addGrpcClientInterceptor(new FailedWhenCancelled())
                      .build())
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder()
                      .setDataConverter(TowpathDataConverter.create())
                      .build())
              .setWorkerFactoryOptions(
                  WorkerFactoryOptions.newBuilder()
                      .setWorkerInterceptors(new FailureTranslator())
                      .build())
              .build());
  private final WorkflowClient client = environment.getWorkflowClient();

  @BeforeEach
  void start() {
    Worker worker = environment.newWorker(TaskQueues.WORKFLOWS);
    worker.registerWorkflowImplementationTypes(LeaseWorkflowImpl.class, Guarded.Impl.class);
    worker.registerActivitiesImplementations(new HolderActivitiesImpl(Duration.ofMillis(20)), door);
    environment.newWorker(TaskQueues.CONTAINERS).registerActivitiesImplementations(left);
    environment.start();
  }

  @AfterEach
  void stop() {
    environment.close();
  }

  @Test
  void holders_never_overlap_and_nothing_is_left_when_the_last_one_went() {
    List<WorkflowStub> runs =
        IntStream.range(0, 6).mapToObj(number -> begin("w" + number, false)).toList();

    runs.forEach(run -> run.getResult(String.class));

    assertThat(door.most()).isEqualTo(1);
    assertThat(door.entered()).hasSize(6).doesNotHaveDuplicates();
    awaitStatus(LEASE, WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
    replays(client.fetchHistory(LEASE));
    runs.forEach(run -> replays(client.fetchHistory(run.getExecution().getWorkflowId())));
  }

  @Test
  void the_first_to_come_is_the_first_served() {
    inside("a");
    for (String id : List.of("b", "c", "d")) {
      begin(id, true);
      await().until(() -> queue().contains(id));
    }
    assertThat(queue()).containsExactly("a", "b", "c", "d");
    assertThat(door.entered()).containsExactly("a");

    for (String id : List.of("d", "c", "b", "a")) {
      client.newWorkflowStub(Guarded.class, id).letGo();
    }

    await().until(() -> door.entered().size() == 4);
    assertThat(door.entered()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void the_lease_of_a_terminated_holder_passes_on() {
    WorkflowStub first = inside("a");
    WorkflowStub second = begin("b", false);
    await().until(() -> queue().contains("b"));

    first.terminate("lost");

    assertThat(second.getResult(String.class)).isEqualTo("b");
    awaitStatus(LEASE, WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
    replays(client.fetchHistory(LEASE));
  }

  @Test
  void nobody_gets_the_lease_before_what_a_lost_holder_left_running_has_stopped() {
    WorkflowStub first = inside("a");
    WorkflowStub second = begin("b", false);
    await().until(() -> queue().contains("b"));
    left.runs("a");

    first.terminate("lost");

    await().until(() -> left.asked().contains("a"));
    assertThat(door.entered()).containsExactly("a");
    left.ends("a");
    assertThat(second.getResult(String.class)).isEqualTo("b");
    replays(client.fetchHistory(LEASE));
  }

  @Test
  void a_run_started_anew_has_to_wait_as_well_for_what_it_left_running() {
    WorkflowStub first = inside("a");
    left.runs("a");
    first.terminate("lost");
    await().until(() -> left.asked().contains("a"));

    WorkflowStub anew = begin("a", false);

    await().until(() -> queue().equals(List.of("a", "a")));
    assertThat(door.entered()).containsExactly("a");
    left.ends("a");
    assertThat(anew.getResult(String.class)).isEqualTo("a");
    replays(client.fetchHistory(LEASE));
  }

  @Test
  void a_cancelled_holder_gives_it_back() {
    WorkflowStub first = inside("a");
    WorkflowStub second = begin("b", false);

    first.cancel();

    assertThat(second.getResult(String.class)).isEqualTo("b");
    assertThatExceptionOfType(WorkflowFailedException.class)
        .isThrownBy(() -> first.getResult(String.class));
    replays(client.fetchHistory("a"));
  }

  @Test
  void whoever_is_cancelled_while_waiting_leaves_the_queue() {
    WorkflowStub first = inside("a");
    WorkflowStub second = begin("b", false);
    await().until(() -> queue().contains("b"));

    second.cancel();

    await().until(() -> queue().equals(List.of("a")));
    client.newWorkflowStub(Guarded.class, "a").letGo();
    assertThat(first.getResult(String.class)).isEqualTo("a");
    assertThat(door.entered()).containsExactly("a");
    replays(client.fetchHistory("b"));
  }

  @Test
  void a_repeated_request_has_one_place_and_a_run_started_anew_takes_that_of_the_old_one() {
    inside("a");
    LeaseWorkflow lease = client.newWorkflowStub(LeaseWorkflow.class, LEASE);
    LeaseHolder holder = HolderActivitiesImpl.queue(client, RESOURCE).get(0);
    LeaseHolder anew = new LeaseHolder("a", "another run");

    lease.request(holder);
    lease.request(anew);
    lease.release(holder);
    lease.request(new LeaseHolder("b", "run"));

    await().until(() -> queue().size() == 2);
    assertThat(HolderActivitiesImpl.queue(client, RESOURCE).get(0)).isEqualTo(anew);
  }

  @Test
  void a_terminated_queue_is_opened_again_by_the_next_who_asks() {
    WorkflowStub first = inside("a");
    WorkflowStub second = begin("b", false);
    await().until(() -> queue().contains("b"));

    client.newUntypedWorkflowStub(LEASE).terminate("by mistake");

    assertThat(second.getResult(String.class)).isEqualTo("b");
    client.newWorkflowStub(Guarded.class, "a").letGo();
    assertThat(first.getResult(String.class)).isEqualTo("a");
  }

  @Test
  void a_long_queue_goes_on_as_a_new_run_and_its_history_stays_short() {
    inside("first");
    LeaseWorkflow lease = client.newWorkflowStub(LeaseWorkflow.class, LEASE);
    String firstRun = runId();
    List<LeaseHolder> gone =
        IntStream.range(0, 24).mapToObj(n -> new LeaseHolder("gone-" + n, "run")).toList();
    gone.forEach(lease::request);
    WorkflowStub last = begin("last", false);
    await().until(() -> queue().contains("last"));
    assertThat(queue()).hasSize(26);

    client.newWorkflowStub(Guarded.class, "first").letGo();

    assertThat(last.getResult(String.class)).isEqualTo("last");
    assertThat(runId()).isNotEqualTo(firstRun);
    WorkflowExecutionHistory history = client.fetchHistory(LEASE, firstRun);
    assertThat(history.getEvents()).hasSizeLessThan(500);
    replays(history);
  }

  private WorkflowStub begin(String id, boolean waits) {
    WorkflowStub run =
        client.newUntypedWorkflowStub(
            "guarded",
            WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .build());
    run.start(RESOURCE, waits);
    return run;
  }

  /** A workflow that holds the lease until it is let go. */
  private WorkflowStub inside(String id) {
    WorkflowStub run = begin(id, true);
    await().until(() -> door.entered().contains(id));
    return run;
  }

  private List<String> queue() {
    return HolderActivitiesImpl.queue(client, RESOURCE).stream()
        .map(LeaseHolder::workflowId)
        .toList();
  }

  private String runId() {
    return client.newUntypedWorkflowStub(LEASE).describe().getExecution().getRunId();
  }

  private void awaitStatus(String id, WorkflowExecutionStatus status) {
    await().until(() -> client.newUntypedWorkflowStub(id).describe().getStatus() == status);
  }

  private static void replays(WorkflowExecutionHistory history) {
    try (TestWorkflowEnvironment replay = TestWorkflowEnvironment.newInstance()) {
      Worker worker = replay.newWorker("replay");
      worker.registerWorkflowImplementationTypes(LeaseWorkflowImpl.class, Guarded.Impl.class);
      WorkflowReplayer.replayWorkflowExecution(history, worker);
    } catch (Exception e) {
      throw new AssertionError("the history does not replay", e);
    }
  }
}
