package io.towpath.worker;

import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.towpath.workflows.RunSettings;
import io.towpath.workflows.hosted.HostedWorkflows;
import java.util.List;
import java.util.Optional;

/** Replays histories against the code at hand. */
final class Replay {
  private static final RunSettings SETTINGS =
      new RunSettings("", false, 0, Optional.empty(), List.of());

  /** On a machine with much to do, a replay that got no turn for a second is not stuck. */
  private static final WorkerOptions UNHURRIED =
      WorkerOptions.newBuilder().setDefaultDeadlockDetectionTimeout(60_000).build();

  private Replay() {}

  static void of(WorkflowExecutionHistory history, WorkerInterceptor... interceptors) {
    TestEnvironmentOptions options =
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(TemporalUnderTest.options())
            .setWorkerFactoryOptions(
                WorkerFactoryOptions.newBuilder().setWorkerInterceptors(interceptors).build())
            .build();
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(options)) {
      Worker replayer = environment.newWorker("replay", UNHURRIED);
      HostedWorkflows.register(replayer, request -> SETTINGS);
      WorkflowReplayer.replayWorkflowExecution(history, replayer);
    } catch (Exception e) {
      throw new AssertionError("the history does not replay", e);
    }
  }
}
