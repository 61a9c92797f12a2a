package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.workflows.etl.RunControls.Adoption;
import io.towpath.workflows.progress.StatusView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Runs that wait for another one's work, and runs of a platform that somebody else launched. */
@WorkflowSuite
class OtherRunsIT {
  private static final String CANCEL = "POST /workflow/{workflowId}/cancel";
  private static final String FOR_LONG = "{\"status\":\"RUNNING\",\"forMs\":600000}";

  @AutoClose private static final Stack stack = new Stack(SandboxOptions.forTests(), Stack.FAST);

  @Test
  void whoever_waits_for_work_that_fails_is_told_so() {
    plan("bad-", 2, "{\"status\":\"RUNNING\",\"forMs\":1500},{\"status\":\"FAILED\"}");
    Map<String, Object> request = stack.request("bad");
    WorkflowStub one = stack.start("bad-by-hand-1", request);
    WorkflowStub two = stack.start("bad-by-hand-2", request);

    for (WorkflowStub run : List.of(one, two)) {
      WorkflowFailedException failed =
          catchThrowableOfType(WorkflowFailedException.class, () -> run.getResult(Map.class));
      assertThat(failed.getCause())
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              failure -> assertThat(failure.getType()).isEqualTo("RUN_FAILED"));
      stack.replay(run);
    }
  }

  @Test
  void a_run_that_was_launched_by_hand_takes_the_place_of_ours_and_of_no_other() {
    plan("lost-", 1, "{\"status\":\"SUBMITTED\",\"forMs\":600000}");
    plan("rescue", 1, FOR_LONG);
    plan("rescue", 1, "{\"status\":\"RUNNING\",\"forMs\":300},{\"status\":\"SUCCEEDED\"}");
    Map<String, Object> request = stack.request("lost");
    request.put("runs", List.of(stack.run("lost", Map.of("stuckAfter", "PT1S"))));
    WorkflowStub run = stack.start(request);
    await(() -> status(run).attention().isPresent());
    String others = launchByHand("rescue");
    String byHand = launchByHand("rescue");

    run.update("adopt", String.class, new Adoption("", "no-such-run"));
    await(() -> status(run).attentionReason().orElse("").contains("no-such-run"));
    run.update("adopt", String.class, new Adoption("", byHand));
    JsonNode report = stack.report(run);

    assertThat(report.path("outcome").asText()).startsWith("SUCCEEDED");
    assertThat(report.at("/runs/0/workflowId").asText()).isEqualTo(byHand);
    String ours = launches("lost-").get(0).at("/object/id").asText();
    assertThat(stack.effects("seqera", CANCEL))
        .extracting(effect -> effect.at("/object/id").asText())
        .contains(ours)
        .doesNotContain(others, byHand);
  }

  /** As somebody does in the platform's own pages. */
  private static String launchByHand(String name) {
    Map<String, Object> launch = new TreeMap<>();
    launch.put("computeEnvId", stack.seed("seqera.computeEnv"));
    launch.put("pipeline", stack.seed("seqera.pipeline"));
    launch.put("revision", stack.seed("seqera.revision"));
    launch.put("runName", name);
    launch.put("workDir", "s3://" + stack.seed("s3.bucket") + "/by-hand");
    return stack.seqera("/workflow/launch", Map.of("launch", launch)).path("workflowId").asText();
  }

  private static List<JsonNode> launches(String name) {
    return stack.effects("seqera", "POST /workflow/launch").stream()
        .filter(effect -> effect.at("/object/name").asText().startsWith(name))
        .toList();
  }

  private static void plan(String name, int times, String steps) {
    stack.control(
        "POST",
        "/plans",
        "{\"platform\":\"seqera\",\"match\":\"^%s\",\"times\":%d,\"steps\":[%s]}"
            .formatted(name, times, steps));
  }

  private static StatusView status(WorkflowStub run) {
    return run.query("status", StatusView.class);
  }

  private static void await(Callable<Boolean> until) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(until);
  }
}
