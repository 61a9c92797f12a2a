package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import io.towpath.sandbox.SandboxOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Round trips that are cancelled while a small object is written. */
@WorkflowSuite
class CancelIT {
  private static final String PUT = "PUT object";

  @AutoClose private static final Stack stack = new Stack(SandboxOptions.forTests(), Stack.FAST);

  @Test
  void what_is_being_written_when_a_run_is_cancelled_is_written_before_it_ends() throws Exception {
    strike("held", 1, "{\"kind\":\"delay\",\"ms\":2000}");
    WorkflowStub run = stack.start(stack.request("held"));
    await(() -> hits("held") > 0);

    endsCancelled(run);

    assertThat(stack.effects("s3", PUT))
        .extracting(put -> put.at("/object/name").asText())
        .anyMatch(name -> name.matches(sheet("held")));
  }

  @Test
  void what_cannot_be_written_keeps_no_cancelled_run_from_its_end() throws Exception {
    strike("down", 1_000, "{\"kind\":\"status\",\"code\":503,\"body\":\"\"}");
    WorkflowStub run = stack.start(stack.request("down"));
    await(() -> attempts(run).anyMatch(attempt -> attempt > 1));

    endsCancelled(run);
  }

  private static void endsCancelled(WorkflowStub run) throws IOException {
    run.cancel();

    assertThatExceptionOfType(WorkflowFailedException.class)
        .isThrownBy(() -> run.getResult(Map.class))
        .withCauseInstanceOf(CanceledFailure.class);
    stack.replay(run);
    assertThat(stack.ledger(run.getExecution().getWorkflowId()).values())
        .extracting(entry -> entry.at("/report/outcome").asText())
        .contains("CANCELLED");
  }

  private static String sheet(String name) {
    return ".*/" + name + "/.*samplesheet[^/]*";
  }

  private static void strike(String name, int times, String effect) throws IOException {
    JsonNode rule =
        Stack.JSON
            .createObjectNode()
            .put("platform", "s3")
            .put("route", PUT)
            .put("bodyMatches", sheet(name))
            .put("times", times)
            .set("do", Stack.JSON.readTree(effect));
    stack.control("POST", "/faults", rule.toString());
  }

  private static int hits(String name) {
    for (JsonNode rule : stack.control("GET", "/faults", "")) {
      if (rule.path("bodyMatches").asText().equals(sheet(name))) {
        return rule.path("hits").asInt();
      }
    }
    return 0;
  }

  private static IntStream attempts(WorkflowStub run) {
    return run.describe().getRawDescription().getPendingActivitiesList().stream()
        .mapToInt(pending -> pending.getAttempt());
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
  }
}
