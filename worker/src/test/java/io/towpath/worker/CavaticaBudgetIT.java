package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.towpath.sandbox.SandboxOptions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a sheet of 500 samples with 2,000 files costs in history and in calls. */
@Tag("large")
@Timeout(value = 900, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CavaticaBudgetIT {
  private static final int SAMPLES = 500;
  private static final int FILES = 2_000;

  private static Stack stack;

  @BeforeAll
  static void start() {
    stack = new Stack(SandboxOptions.forTests(), Stack.FAST);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void five_hundred_samples_cost_one_small_history_and_few_calls_each() {
    SheetScene scene = new SheetScene(stack, "budget", FILES / SAMPLES / 2);
    for (int i = 0; i < SAMPLES; i++) {
      scene.sample("s" + i);
    }
    Map<String, Object> request = scene.request(Map.of());
    request.put("drs", Map.of("minter", "indexd", "selfUriBase", "drs://dg.4503:"));
    stack.control("POST", "/reset", "{\"what\":[\"requests\"]}");
    WorkflowStub run = scene.start(request);
    JsonNode report = stack.report(run);
    Map<String, Integer> calls = requests();
    int events = stack.history(run).getEvents().size();
    int bytes = stack.history(run).getHistory().getSerializedSize();
    System.out.println(SAMPLES + " samples: " + events + " events, " + bytes + " bytes, " + calls);
    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(events).isLessThanOrEqualTo(300);
    assertThat(bytes).isLessThanOrEqualTo(256 << 10);
    assertThat(calls.get("sevenbridges POST /bulk/storage/imports/create"))
        .isLessThanOrEqualTo(FILES / 100);
    assertThat(calls.get("sevenbridges POST /tasks")).isEqualTo(SAMPLES);
    assertThat(calls.get("sevenbridges POST /tasks/{id}/actions/run")).isEqualTo(SAMPLES);
  }

  private static Map<String, Integer> requests() {
    Map<String, Integer> calls = new TreeMap<>();
    for (JsonNode request : stack.control("GET", "/requests", "")) {
      calls.merge(
          request.path("platform").asText() + " " + request.path("route").asText(),
          request.path("count").asInt(),
          Integer::sum);
    }
    return calls;
  }
}
