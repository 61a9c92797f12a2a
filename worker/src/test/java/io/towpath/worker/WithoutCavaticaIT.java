package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowOptions;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.model.Check;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.plan.DoctorWorkflow;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker that nobody told of CAVATICA and of DRS servers, and one that these refuse. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WithoutCavaticaIT {
  private static final Map<String, String> BLANK =
      Map.of(
          "SB_AUTH_TOKEN", "",
          "INDEXD_ENDPOINT", "",
          "INDEXD_AUTH", "",
          "DRS_ENDPOINT", "",
          "TOWPATH_DRS_DATASETS", "");

  @Test
  void it_serves_round_trips_and_says_what_cavatica_drs_lacks() {
    try (Stack stack = stack(BLANK)) {
      JsonNode report = stack.report(stack.start(stack.request("alone")));
      SheetScene scene = new SheetScene(stack, "refused").sample("a");

      assertThat(report.path("outcome").asText()).startsWith("SUCCEEDED");
      assertThat(scene.plan(scene.request(Map.of())).problems())
          .extracting(Problem::text)
          .singleElement()
          .asString()
          .contains("this worker is not connected to CAVATICA; set SB_AUTH_TOKEN");
      Map<String, Check> checks = doctor(stack);
      assertThat(checks.values()).allMatch(Check::ok);
      assertThat(of(checks, "sevenbridges").text()).contains("not configured", "SB_AUTH_TOKEN");
      assertThat(of(checks, "drs").text())
          .contains("CAVATICA not configured", "indexd not configured");
    }
  }

  @Test
  void a_token_that_is_refused_is_a_problem_of_the_doctors() {
    try (Stack stack = stack(Map.of("SB_AUTH_TOKEN", "not-the-token-of-anybody"))) {
      Map<String, Check> checks = doctor(stack);

      assertThat(checks)
          .containsOnlyKeys(
              "synapse",
              "seqera",
              "sevenbridges",
              "drs",
              "ledger",
              "docker",
              "aws-batch",
              "aws-ecs");
      assertThat(of(checks, "sevenbridges"))
          .satisfies(check -> assertThat(check.ok()).isFalse())
          .satisfies(check -> assertThat(check.text()).contains("401"));
      assertThat(of(checks, "drs").ok()).isFalse();
      assertThat(of(checks, "ledger").ok()).isTrue();
    }
  }

  private static Stack stack(Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>(Stack.FAST);
    settings.putAll(more);
    return new Stack(SandboxOptions.forTests(), settings);
  }

  private static Check of(Map<String, Check> checks, String name) {
    return Objects.requireNonNull(checks.get(name), name);
  }

  private static Map<String, Check> doctor(Stack stack) {
    DoctorWorkflow doctor =
        stack
            .client()
            .newWorkflowStub(
                DoctorWorkflow.class,
                WorkflowOptions.newBuilder().setTaskQueue(TaskQueues.WORKFLOWS).build());
    Map<String, Check> checks = new TreeMap<>();
    doctor.examine().forEach(check -> checks.put(check.name(), check));
    return checks;
  }
}
