package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.towpath.sandbox.SandboxOptions;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The ids that outputs get, by the minters that other tests do not use. */
@WorkflowSuite
class CavaticaIdsIT {
  @AutoClose private static final Stack stack = new Stack(SandboxOptions.forTests(), Stack.FAST);

  @Test
  void outputs_that_are_filed_in_synapse_have_the_ids_of_their_versions() {
    SheetScene scene = new SheetScene(stack, "filed").sample("a");
    Map<String, Object> request = scene.request(Map.of());
    String parent = stack.folder("entities");
    request.put("drs", Map.of("minter", "synapse", "parent", parent));
    WorkflowStub run = scene.start(request);
    JsonNode first = stack.report(run);
    stack.keep(run, "cavatica-synapse");
    List<String> ids = scene.ids(first);

    Map<String, Object> longer = scene.sample("b").request(Map.of());
    longer.put("drs", request.get("drs"));
    JsonNode second = stack.report(scene.start(longer));

    assertThat(first.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(ids)
        .hasSize(first.at("/collated/count").asInt())
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("drs://repo-prod\\.prod\\.sagebase\\.org/syn\\d+\\.1"));
    assertThat(scene.ids(second)).containsAll(ids).hasSize(2 * ids.size());
    assertThat(filed("filed")).hasSize(2 * ids.size()).doesNotHaveDuplicates();
    assertThat(second.at("/drs/failed").asInt()).isZero();
    assertThat(first.at("/drs/minted").asInt()).isEqualTo(ids.size());
    assertThat(first.at("/drs/filed/created").asInt()).isEqualTo(ids.size());
    assertThat(second.at("/drs/minted").asInt()).isEqualTo(ids.size());
    assertThat(second.at("/drs/existing").asInt()).isEqualTo(ids.size());
    assertThat(second.at("/drs/filed/adopted")).hasSize(ids.size());
    assertThat(second.path("outcome").asText()).isEqualTo("SUCCEEDED");
  }

  @Test
  void a_dataset_is_published_once_somebody_approves_it() {
    SheetScene scene = new SheetScene(stack, "published").sample("a");
    Map<String, Object> request = scene.request(Map.of());
    request.put("drs", dataset("afterApproval"));
    WorkflowStub run = scene.start(request);
    SheetScene.await(() -> SheetScene.status(run).attention().isPresent());

    SheetScene.approve(run, "publish");
    JsonNode report = stack.report(run);
    stack.keep(run, "cavatica-published");

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(report.at("/drs/published").asBoolean()).isTrue();
    assertThat(stack.effects("sevenbridges", "PATCH /drs-internal/datasets/{id}/publish"))
        .isNotEmpty();
  }

  @Test
  void an_unclear_mint_waits_for_a_decision_and_the_others_go_on() {
    SheetScene scene = new SheetScene(stack, "unclear").sample("a");
    Map<String, Object> request = scene.request(Map.of());
    request.put("drs", dataset("never"));
    stack.control(
        "POST",
        "/faults",
        "{\"platform\":\"sevenbridges\",\"route\":\"POST"
            + " /drs-internal/objects/index/\",\"times\":2,"
            + "\"bodyMatches\":\"unclear\",\"do\":{\"kind\":\"drop-before-commit\"}}");
    WorkflowStub run = scene.start(request);
    SheetScene.await(() -> SheetScene.status(run).attention().isPresent());
    String why = SheetScene.status(run).attentionReason().orElseThrow();
    List<String> files =
        Pattern.compile("[0-9a-f]{24}").matcher(why).results().map(MatchResult::group).toList();
    assertThat(files).hasSize(2);

    run.update("retry", String.class, Map.of("items", List.of(files.get(0))));
    SheetScene.await(() -> !SheetScene.status(run).attentionReason().orElse(why).equals(why));
    run.update("skip", String.class, Map.of("items", List.of(files.get(1)), "reason", "later"));

    assertThat(scene.failureOf(run))
        .satisfies(f -> assertThat(f.getType()).isEqualTo("PARTIAL"))
        .satisfies(f -> assertThat(f.getOriginalMessage()).contains("1 files have no id"));
    assertThat(mints("unclear")).hasSize(3).doesNotHaveDuplicates();
  }

  private static Map<String, Object> dataset(String publish) {
    return Map.of(
        "minter",
        "cavatica-dataset",
        "dataset",
        Map.of("name", "include-sandbox-registered", "version", "0.1.0"),
        "publish",
        publish);
  }

  /** Locations that CAVATICA's registry was given an id for. */
  private static List<String> mints(String part) {
    return stack.effects("sevenbridges", "POST /drs-internal/objects/index/").stream()
        .map(effect -> effect.at("/request/locationUrls/0").asText())
        .filter(url -> url.contains(part))
        .toList();
  }

  /** Keys of objects that entities were made of. */
  private static List<String> filed(String part) {
    return stack.effects("synapse", "POST /externalFileHandle/s3").stream()
        .map(effect -> effect.at("/request/key").asText())
        .filter(key -> key.contains(part))
        .toList();
  }
}
