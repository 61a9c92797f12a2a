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
    assertThatThrownBy(() -> cancelled.getResult(Map.class)).hasCauseInstanceOf(CanceledFailure.class);
    request.remove("verify");
    JsonNode third = stack.report(leaving(folder, 1, scene.start(request)));

    assertThat(third.path("generation").asInt()).isEqualTo(3);
    assertThat(third.at("/itemCounts/DONE_BEFORE").asInt()).isEqualTo(2);
    assertThat(scene.made()).hasSize(2);
  }
}
