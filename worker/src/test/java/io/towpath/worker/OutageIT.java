package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.worker.telemetry.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Platforms that are down for hours, on a server whose clock runs ahead while nothing works. */
@Timeout(300)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutageIT {
  private static final Duration HOURS = Duration.ofHours(3);

  private final TestWorkflowEnvironment skippedTime =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowClientOptions(TemporalUnderTest.options())
              .build());
  private Stack stack;
  private TowpathWorker worker;

  @BeforeEach
  void start() {
    stack = Stack.withoutWorker(SandboxOptions.forTests(), TemporalUnderTest.in(skippedTime));
    Map<String, String> environment = new TreeMap<>(stack.env());
    environment.putAll(Stack.FAST);
    worker = TowpathWorker.start(stack.client(), Stack.settings(environment), Telemetry.none());
  }

  @AfterEach
  void stop() {
    worker.close();
    stack.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"synapse", "seqera", "s3"})
  void a_platform_that_is_down_for_hours_costs_no_failed_run(String platform) {
    stack.report(stack.start(stack.request("before")));
    Map<String, Object> request = stack.request("during");
    String id = stack.plan(request).workflowId().orElseThrow();
    breakDown(platform);
    WorkflowStub run = stack.start(id, request);

    goesOnAfterHours(run, "SUCCEEDED");
    assertThat(launches("during-")).hasSize(1);
  }

  @Test
  void a_platform_that_goes_down_while_its_run_is_waited_for_costs_none_either() {
    stack.report(stack.start(stack.request("before")));
    stack.control(
        "POST",
        "/plans",
        "{\"platform\":\"seqera\",\"match\":\"^midway-\",\"steps\":"
            + "[{\"status\":\"RUNNING\",\"forMs\":3000},{\"status\":\"SUCCEEDED\"}]}");
    WorkflowStub run = stack.start(stack.request("midway"));
    Awaitility.await().until(() -> !launches("midway-").isEmpty());
    breakDown("seqera");

    goesOnAfterHours(run, "SUCCEEDED_WITH_WARNINGS");
    assertThat(launches("midway-")).hasSize(1);
  }

  private void goesOnAfterHours(WorkflowStub run, String outcome) {
    skippedTime.sleep(HOURS);

    assertThat(run.describe().getStatus())
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
    stack.control("DELETE", "/faults", "");
    assertThat(stack.report(run).path("outcome").asText()).isEqualTo(outcome);
  }

  /** Every call that the platform ever answered is answered by an error from now on. */
  private void breakDown(String platform) {
    for (JsonNode route : stack.control("GET", "/requests", "")) {
      if (route.path("platform").asText().equals(platform)) {
        Map<String, Object> rule = new TreeMap<>();
        rule.put("platform", platform);
        rule.put("route", route.path("route").asText());
        rule.put("times", 1_000_000);
        rule.put("do", Map.of("kind", "status", "code", 503));
        stack.control("POST", "/faults", Stack.JSON.valueToTree(rule).toString());
      }
    }
  }

  private List<JsonNode> launches(String prefix) {
    return stack.effects("seqera", "POST /workflow/launch").stream()
        .filter(launch -> launch.at("/object/name").asText().startsWith(prefix))
        .toList();
  }
}
