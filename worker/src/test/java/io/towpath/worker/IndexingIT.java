package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.workflows.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a round trip leaves in Synapse, end to end on the demo seed. */
@Tag("suite")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IndexingIT {
  private static Stack stack;

  @BeforeAll
  static void start() {
    stack =
        new Stack(
            SandboxOptions.forTests(),
            Map.of("TOWPATH_POLL_FLOOR", "PT0.2S", "TOWPATH_SETTLE", "PT0.3S"));
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void files_are_annotated_and_a_pattern_without_a_match_is_a_warning() {
    Map<String, Object> request =
        request(
            "annotated",
            Map.of(
                "annotations",
                List.of(
                    Map.of("match", "**/{name}.{ext}", "set", Map.of("fileFormat", "{ext}")),
                    Map.of("match", "nowhere/{x}", "set", Map.of("x", "{x}")))));

    JsonNode report = stack.report(stack.start(request));

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED_WITH_WARNINGS");
    assertThat(report.path("warnings").toString())
        .contains("index.annotations[1]: \\\"nowhere/{x}\\\" matches no output");
    assertThat(created("annotated"))
        .isNotEmpty()
        .allSatisfy(
            entity ->
                assertThat(
                        entity.at("/request/annotations/annotations/fileFormat/value/0").asText())
                    .isNotEmpty());
  }

  @Test
  void the_files_tell_their_inputs_the_commit_the_parameters_and_the_run() {
    JsonNode report = stack.report(stack.start(request("sources", Map.of())));

    JsonNode activity = activity("sources-");
    assertThat(activity.path("description").asText()).contains("params ", "spec ", "s3://");
    List<String> used = new ArrayList<>();
    List<String> executed = new ArrayList<>();
    for (JsonNode entry : activity.path("used")) {
      String what = entry.path("url").asText(entry.at("/reference/targetId").asText());
      (entry.path("wasExecuted").asBoolean() ? executed : used).add(what);
    }
    assertThat(used).hasSize(1 + report.at("/staged/count").asInt());
    assertThat(used).contains(stack.seed("synapse.manifest").replaceFirst("\\..*", ""));
    assertThat(executed)
        .contains(report.at("/runs/0/url").asText())
        .anySatisfy(link -> assertThat(link).contains("/tree/"));
  }

  @Test
  void sources_can_be_named_or_left_out() {
    Map<String, Object> provenance =
        Map.of("used", "none", "executed", List.of("https://example.org/tool"));
    stack.report(stack.start(request("named", Map.of("provenance", provenance))));

    assertThat(activity("named-").path("used"))
        .singleElement()
        .satisfies(e -> assertThat(e.path("url").asText()).isEqualTo("https://example.org/tool"));
  }

  @Test
  void a_second_generation_makes_no_version_of_what_did_not_change_and_names_what_is_gone() {
    Map<String, Object> request = request("gone", Map.of());
    JsonNode first = stack.report(stack.start(request));
    request.put("rerun", "always");
    request.put("index", Map.of("parent", stack.folder("gone"), "include", List.of("nothing/**")));

    JsonNode second = stack.report(stack.start(request));

    assertThat(first.at("/index/vanished")).isEmpty();
    assertThat(second.at("/index/vanished")).hasSize(first.at("/index/created").asInt());
    assertThat(second.path("warnings").toString()).contains("nothing was deleted");
    assertThat(stack.effects("synapse", "DELETE /entity/{id}")).isEmpty();
  }

  @Test
  void an_output_of_no_byte_fails_the_index_where_the_request_says_so() {
    String out = "etl/zero/out/";
    stack.control(
        "POST",
        "/plans",
        "{\"platform\":\"seqera\",\"match\":\"^zero-\",\"steps\":[{\"status\":\"RUNNING\","
            + "\"forMs\":1500},{\"status\":\"SUCCEEDED\"}]}");
    Map<String, Object> request = request("zero", Map.of("zeroByte", "fail"));
    Map<String, Object> params = Map.of("outdir", "s3://" + stack.seed("s3.bucket") + "/" + out);
    request.put("runs", List.of(stack.run("zero", Map.of("params", params))));
    WorkflowStub run = stack.start(request);
    Awaitility.await()
        .until(
            () ->
                stack.effects("seqera", "POST /workflow/launch").stream()
                    .anyMatch(e -> e.at("/object/name").asText().startsWith("zero-")));
    stack
        .sandbox()
        .objects()
        .put(stack.seed("s3.bucket"), out + "empty.txt", "text/plain", new byte[0]);

    assertThatExceptionOfType(WorkflowFailedException.class)
        .isThrownBy(() -> run.getResult(Map.class))
        .havingCause()
        .withMessageContaining("outputs of 0 bytes: 1, such as empty.txt");
    stack.replay(run);
    assertThat(created("zero")).isEmpty();
  }

  @Test
  void bad_annotations_are_all_told_and_nothing_is_started() {
    Map<String, Object> request =
        request(
            "bad",
            Map.of(
                "annotations",
                List.of(
                    Map.of("match", "{a,b", "set", Map.of("x", "1")),
                    Map.of("match", "**", "set", Map.of("x y", "{nobody}")))));

    assertThat(stack.plan(request).problems())
        .extracting(Problem::place)
        .containsExactlyInAnyOrder(
            "index.annotations[0].match",
            "index.annotations[1].set.x y",
            "index.annotations[1].set.x y");
  }

  private static Map<String, Object> request(String name, Map<String, Object> index) {
    Map<String, Object> request = stack.request(name);
    Map<String, Object> whole = new TreeMap<>(index);
    whole.put("parent", stack.folder(name));
    request.put("index", whole);
    return request;
  }

  private static List<JsonNode> created(String name) {
    return stack.effects("synapse", "POST /entity/bundle2/create").stream()
        .filter(e -> e.path("request").toString().contains("/" + name + "\""))
        .filter(e -> !e.at("/object/name").asText().equals("towpath-report.json"))
        .toList();
  }

  private static JsonNode activity(String runName) {
    return stack.effects("synapse", "POST /activity").stream()
        .map(effect -> effect.path("request"))
        .filter(body -> body.path("name").asText().startsWith(runName))
        .findFirst()
        .orElseThrow();
  }
}
