package io.towpath.worker;

import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.towpath.workflows.RunSettings;
import io.towpath.workflows.cavatica.CavaticaWorkflow;
import io.towpath.workflows.cavatica.CavaticaWorkflowImpl;
import io.towpath.workflows.release.ReleaseWorkflow;
import io.towpath.workflows.release.ReleaseWorkflowImpl;
import io.towpath.workflows.roundtrip.RoundTripRequest;
import io.towpath.workflows.roundtrip.RoundTripWorkflow;
import io.towpath.workflows.roundtrip.RoundTripWorkflowImpl;
import io.towpath.workflows.scan.ManifestScanWorkflow;
import io.towpath.workflows.scan.ManifestScanWorkflowImpl;
import java.util.List;
import java.util.Optional;

/** Replays histories against the code at hand. */
final class Replay {
  private static final RunSettings SETTINGS =
      new RunSettings("", false, 0, Optional.empty(), List.of());

  private Replay() {}

  static void of(WorkflowExecutionHistory history, WorkerInterceptor... interceptors) {
    TestEnvironmentOptions options =
        TestEnvironmentOptions.newBuilder()
            .setWorkerFactoryOptions(
                WorkerFactoryOptions.newBuilder().setWorkerInterceptors(interceptors).build())
            .build();
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(options)) {
      Worker replayer = environment.newWorker("replay");
      replayer.registerWorkflowImplementationFactory(
          RoundTripWorkflow.class, () -> new RoundTripWorkflowImpl(request -> SETTINGS));
      replayer.registerWorkflowImplementationFactory(
          CavaticaWorkflow.class, () -> new CavaticaWorkflowImpl(request -> SETTINGS));
      replayer.registerWorkflowImplementationFactory(
          ReleaseWorkflow.class, () -> new ReleaseWorkflowImpl(request -> SETTINGS));
      replayer.registerWorkflowImplementationFactory(
          ManifestScanWorkflow.class,
          () -> new ManifestScanWorkflowImpl(request -> SETTINGS, RoundTripRequest::readTemplate));
      WorkflowReplayer.replayWorkflowExecution(history, replayer);
    } catch (Exception e) {
      throw new AssertionError("the history does not replay", e);
    }
  }
}
