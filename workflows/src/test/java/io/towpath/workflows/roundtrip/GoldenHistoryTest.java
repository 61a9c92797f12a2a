package io.towpath.workflows.roundtrip;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowHistoryLoader;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.towpath.workflows.RunSettings;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs that began under earlier code go on under this code. {@code RoundTripIT} leaves the
 * histories of its runs in {@code worker/target/histories}; CONTRIBUTING.md tells when one of them
 * takes the place of a golden one.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GoldenHistoryTest {
  @ParameterizedTest
  @ValueSource(strings = {"succeeded", "failed", "cancelled"})
  void a_run_that_was_under_way_before_an_upgrade_goes_on_after_it(String name) throws Exception {
    WorkflowExecutionHistory history =
        WorkflowHistoryLoader.readHistoryFromResource("histories/" + name + ".json");
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance()) {
      Worker replayer = environment.newWorker("replay");
      replayer.registerWorkflowImplementationFactory(
          RoundTripWorkflow.class,
          () -> new RoundTripWorkflowImpl(() -> new RunSettings("", false, 0)));

      assertThatCode(() -> WorkflowReplayer.replayWorkflowExecution(history, replayer))
          .doesNotThrowAnyException();
    }
  }
}
