package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import io.towpath.sandbox.SandboxOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Releases that did not go well the first time, and what a later start of them makes of it. */
@Tag("suite")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReleaseAgainIT {
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
  void a_release_that_shrank_is_refused_by_every_start_until_its_manifest_is_whole_again() {
    ReleaseScene scene = new ReleaseScene(stack, "shrank");
    ReleaseFolder folder = new ReleaseFolder(stack, "shrank", 10);
    Map<String, Object> request = scene.gated();
    request.put("verify", folder.verify(Map.of("mustNotShrinkBy", 0.2)));

    assertThat(scene.failure(leaving(folder, 7, scene.start(request))).getOriginalMessage())
        .contains("shrank from 10 rows to 7");
    assertThat(scene.failure(leaving(folder, 7, scene.start(request))).getOriginalMessage())
        .contains("shrank from 10 rows to 7");
    JsonNode whole = stack.report(leaving(folder, 8, scene.start(request)));

    assertThat(whole.path("outcome").asText()).isEqualTo("SUCCEEDED_WITH_WARNINGS");
    assertThat(whole.path("generation").asInt()).isEqualTo(3);
    assertThat(scene.made()).hasSize(2);
  }

  @Test
  void a_release_that_succeeded_is_the_measure_of_what_is_done_again() {
    ReleaseScene scene = new ReleaseScene(stack, "measure");
    ReleaseFolder folder = new ReleaseFolder(stack, "measure", 10);
    folder.list(2);
    Map<String, Object> request = scene.gated();
    request.put("verify", folder.verify(Map.of("mustNotShrinkBy", 0.2)));
    stack.report(leaving(folder, 10, scene.start(request)));
    request.put("rerun", "always");
    scene.plannedWell(2);

    assertThat(scene.failure(leaving(folder, 7, scene.start(request))).getOriginalMessage())
        .contains("shrank from 10 rows to 7");
  }

  /** Lets the steps leave a manifest, and the run go on. */
  private static WorkflowStub leaving(ReleaseFolder folder, int rows, WorkflowStub run) {
    ReleaseScene.atGate(run);
    folder.list(rows);
    ReleaseScene.approve(run, ReleaseScene.GATE, "jane");
    return run;
  }

  @Test
  void a_start_that_was_cancelled_before_it_ran_anything_forgets_nothing_that_was_done() {
    ReleaseScene scene = new ReleaseScene(stack, "forgets");
    Map<String, Object> request = scene.gated();
    ReleaseFolder folder = new ReleaseFolder(stack, "forgets", 1);
    request.put("verify", folder.verify(Map.of("onUnchanged", "fail")));
    scene.failure(leaving(folder, 1, scene.start(request)));

    WorkflowStub cancelled = ReleaseScene.atGate(scene.start(request));
    cancelled.cancel();
    assertThatThrownBy(() -> cancelled.getResult(Map.class))
        .hasCauseInstanceOf(CanceledFailure.class);
    request.remove("verify");
    JsonNode third = stack.report(leaving(folder, 1, scene.start(request)));

    assertThat(third.path("generation").asInt()).isEqualTo(3);
    assertThat(third.at("/itemCounts/DONE_BEFORE").asInt()).isEqualTo(2);
    assertThat(scene.made()).hasSize(2);
  }

  @Test
  void a_rollback_promotes_the_earlier_record_again_and_runs_nothing() {
    ReleaseFolder folder = new ReleaseFolder(stack, "rollback", 3);
    JsonNode one = promoted("june", folder);
    folder.list(2);
    JsonNode two = promoted("july", folder);
    ReleaseScene scene = new ReleaseScene(stack, "back-to-june");
    Map<String, Object> request = scene.rollback("june");
    request.put("promote", List.of(promotion()));

    JsonNode back = stack.report(scene.start(request));

    assertThat(back.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(back.path("rollbackTo").asText()).isEqualTo("june");
    assertThat(scene.made()).isEmpty();
    assertThat(List.of(one, two, back))
        .extracting(report -> report.at("/promotions/0/synId").asText().replaceFirst(".*\\.", ""))
        .containsExactly("1", "2", "3");
    assertThat(back.at("/manifest/sha256")).isEqualTo(one.at("/manifest/recordSha256"));
    assertThat(md5(back)).isEqualTo(md5(one)).isNotEqualTo(md5(two));
    assertThat(stack.report(scene.start(request)).path("outcome").asText()).isEqualTo("NOOP");
  }

  @Test
  void a_rollback_to_what_was_never_recorded_is_refused() {
    ReleaseScene scene = new ReleaseScene(stack, "back-to-nothing");
    Map<String, Object> request = scene.rollback("never");
    request.put("promote", List.of(promotion()));

    assertThat(scene.plan(request).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.place()).isEqualTo("rollbackTo"))
        .satisfies(problem -> assertThat(problem.text()).contains("was never recorded"));
  }

  private static JsonNode promoted(String release, ReleaseFolder folder) {
    ReleaseScene scene = new ReleaseScene(stack, release);
    Map<String, Object> request =
        scene.request(List.of(ReleaseScene.step("only", List.of("true")).map()));
    request.put("verify", folder.verify(Map.of("onUnchanged", "accept")));
    request.put("promote", List.of(promotion()));
    return stack.report(scene.start(request));
  }

  private static Map<String, Object> promotion() {
    return Map.of("to", "prod", "parent", stack.folder("prod"));
  }

  /** Of the version that was filed, as Synapse knows it. */
  private static String md5(JsonNode report) {
    String[] id = report.at("/promotions/0/synId").asText().split("\\.", 2);
    String path = "/repo/v1/entity/" + id[0] + "/version/" + id[1] + "/filehandles";
    return stack.synapse(path).at("/list/0/contentMd5").asText();
  }
}
