package io.towpath.workflows;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.towpath.workflows.hosted.HostedWorkflows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs that began under earlier code go on under this code. {@code RoundTripIT}, {@code
 * CavaticaIT}, {@code CavaticaIdsIT} and {@code ReleaseIT} leave the histories of their runs in
 * {@code worker/target/histories}; CONTRIBUTING.md tells when one of them takes the place of a
 * golden one.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GoldenHistoryTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "succeeded",
        "failed",
        "cancelled",
        "cavatica-succeeded",
        "cavatica-published",
        "cavatica-partial",
        "cavatica-cancelled",
        "cavatica-synapse",
        "release-succeeded"
      })
  void a_run_that_was_under_way_before_an_upgrade_goes_on_after_it(String name) throws Exception {
    WorkflowExecutionHistory history = history(name);
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance()) {
      Worker replayer = environment.newWorker("replay");
      RunSettings settings = new RunSettings("", false, 0, Optional.empty(), List.of());
      HostedWorkflows.register(replayer, request -> settings);

      assertThatCode(() -> WorkflowReplayer.replayWorkflowExecution(history, replayer))
          .doesNotThrowAnyException();
    }
  }

  /** Under its own workflow id: a run under another one would only attach to it. */
  private static WorkflowExecutionHistory history(String name) throws IOException {
    return WorkflowExecutionHistory.fromJson(text(name + ".json"), text(name + ".id").strip());
  }

  private static String text(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            GoldenHistoryTest.class.getResourceAsStream("/histories/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
