package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.worker.CommandLine.Result;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands about all runs that use a connection; only a real server lists them. */
@Tag("devserver")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConnectionsIT {
  private Stack stack;
  private CommandLine towpath;

  @BeforeEach
  void start() {
    stack = new Stack(SandboxOptions.forTests(), Stack.FAST);
    towpath = new CommandLine(stack.client().getWorkflowServiceStubs().getOptions().getTarget());
  }

  @AfterEach
  void stop() {
    stack.close();
  }

  @Test
  void what_uses_a_connection_is_paused_and_resumed_and_what_a_person_paused_stays_so() {
    stack.control(
        "POST",
        "/plans",
        "{\"platform\":\"seqera\",\"match\":\"^held-\",\"times\":2,\"steps\":"
            + "[{\"status\":\"RUNNING\",\"forMs\":600000},{\"status\":\"SUCCEEDED\"}]}");
    String one = started("held-one");
    String two = started("held-two");
    told(0, "pause", two);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(told(0, "poll-now", "--connection", "synapse").out())
                    .contains(one + "  the platform is asked now")
                    .contains(two + "  the platform is asked now"));

    Result paused = told(0, "pause", "--connection", "seqera");
    Result again = told(0, "pause", "--connection", "seqera");
    Result others = told(0, "pause", "--connection", "seqera/other");
    JsonNode resumed = told(0, "resume", "--connection", "seqera", "-o", "json").json();

    assertThat(paused.out().lines())
        .containsExactlyInAnyOrder(
            one + "  paused: no further stage begins", two + "  paused: no further stage begins");
    assertThat(again.out().lines())
        .containsExactlyInAnyOrder(one + "  is paused already", two + "  is paused already");
    assertThat(others.out()).isEqualTo("nothing that runs uses seqera/other\n");
    assertThat(resumed.path("connection").asText()).isEqualTo("seqera");
    assertThat(resumed.path("runs"))
        .extracting(run -> run.path("workflowId").asText() + " " + run.path("answer").asText())
        .containsExactlyInAnyOrder(one + " goes on", two + " still paused by an operator");
    assertThat(status(one).path("paused").asBoolean()).isFalse();
    assertThat(status(two).path("paused").asBoolean()).isTrue();
    told(0, "resume", two);
    assertThat(status(two).path("paused").asBoolean()).isFalse();
    told(0, "cancel", one);
    told(0, "cancel", two);
  }

  @Test
  void one_run_or_one_connection_is_named() {
    assertThat(towpath.run("pause").exitCode()).isEqualTo(2);
    assertThat(towpath.run("pause", "an-id", "--connection", "seqera").exitCode()).isEqualTo(2);
  }

  private String started(String name) {
    Map<String, Object> request = new TreeMap<>(stack.request(name));
    Result started = towpath.on(request, "start", "-o", "json");
    assertThat(started.exitCode()).as(started.err()).isZero();
    return started.json().path("workflowId").asText();
  }

  private JsonNode status(String id) {
    return told(0, "status", id, "-o", "json").json();
  }

  private Result told(int exitCode, String... words) {
    Result result = towpath.run(words);
    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
    return result;
  }
}
