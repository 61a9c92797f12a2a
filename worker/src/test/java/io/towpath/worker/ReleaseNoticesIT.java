package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import io.towpath.sandbox.SandboxOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people are told of a release, how often, and that it hinders nothing. */
@Tag("suite")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReleaseNoticesIT {
  private static Hook hook;
  private static Stack stack;
  private static String user;

  @BeforeAll
  static void start() throws IOException {
    hook = Hook.start();
    Map<String, String> settings = new TreeMap<>(Stack.FAST);
    settings.put("TOWPATH_WEBHOOKS", hook.setting());
    stack = new Stack(SandboxOptions.forTests(), settings);
    user = stack.synapse("/repo/v1/userProfile").path("ownerId").asText();
  }

  @AfterAll
  static void stop() {
    stack.close();
    hook.close();
  }

  @BeforeEach
  void answerWell() {
    hook.answer(200);
    stack.control("POST", "/reset", "{\"what\":[\"plans\",\"faults\"]}");
  }

  @Test
  void a_gate_and_the_end_are_told_once_though_the_answer_is_lost() {
    ReleaseScene scene = new ReleaseScene(stack, "told");
    strikeMessages("{\"kind\":\"drop-after-commit\"}");
    WorkflowStub run = scene.start(telling(scene.gated(), "synapse:" + user, "webhook:ops"));
    ReleaseScene.approve(ReleaseScene.atGate(run), ReleaseScene.GATE, "jane");

    JsonNode report = stack.report(run);

    assertThat(states(report)).containsExactly("sent", "sent", "sent", "sent");
    assertThat(messages(scene))
        .containsExactly(
            scene.id() + " waits at go-on [" + scene.id() + "/g1/gate-go-on]",
            scene.id() + " SUCCEEDED [" + scene.id() + "/g1/succeeded]");
    assertThat(hook.told(scene.id() + " waits at go-on"))
        .singleElement()
        .satisfies(text -> assertThat(text).contains("--gate go-on --by NAME"));
    assertThat(hook.told(scene.id() + " SUCCEEDED")).hasSize(1);
  }

  @Test
  void a_webhook_without_a_clear_answer_is_not_asked_again_and_the_release_succeeds() {
    hook.answer(500);
    ReleaseScene scene = new ReleaseScene(stack, "unclear");

    JsonNode report = stack.report(scene.start(telling(one(scene, 0), "webhook:ops")));

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(states(report)).containsExactly("perhaps sent");
    assertThat(hook.told(scene.id())).hasSize(1);
  }

  @Test
  void who_cannot_be_told_hinders_no_release_and_the_report_says_why() {
    hook.answer(404);
    strikeMessages("{\"kind\":\"status\",\"code\":403,\"body\":{\"reason\":\"not to them\"}}");
    ReleaseScene scene = new ReleaseScene(stack, "nobody");

    JsonNode report =
        stack.report(
            scene.start(telling(one(scene, 0), "webhook:ops", "webhook:none", "synapse:" + user)));

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(states(report)).containsExactly("not sent", "not sent", "not sent");
    assertThat(report.at("/notices/0/why").asText()).contains("404").doesNotContain("/hook");
    assertThat(report.at("/notices/1/why").asText()).contains("no webhook \"none\"");
    assertThat(messages(scene)).isEmpty();
  }

  @Test
  void a_release_that_fails_tells_why() {
    ReleaseScene scene = new ReleaseScene(stack, "fails");

    scene.failure(scene.start(telling(one(scene, 3), "synapse:" + user, "webhook:ops")));

    assertThat(messages(scene))
        .containsExactly(scene.id() + " FAILED [" + scene.id() + "/g1/failed]");
    assertThat(hook.told(scene.id() + " FAILED"))
        .singleElement()
        .satisfies(text -> assertThat(text).contains("exit code 3").contains("towpath report"));
  }

  @Test
  void a_gate_can_be_opened_while_people_are_still_being_told() {
    ReleaseScene scene = new ReleaseScene(stack, "open-early");
    strikeMessages("{\"kind\":\"status\",\"code\":503,\"body\":{}}", 1_000);
    WorkflowStub run = scene.start(telling(scene.gated(), "synapse:" + user));
    ReleaseScene.approve(ReleaseScene.atGate(run), ReleaseScene.GATE, "jane");
    await(() -> scene.started().size() == 2);
    stack.control("DELETE", "/faults", "");

    JsonNode report = stack.report(run);

    assertThat(states(report)).containsExactly("sent", "sent");
  }

  private static void await(Callable<Boolean> until) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(until);
  }

  @Test
  void a_cancelled_release_tells_nobody_for_a_person_ended_it() {
    ReleaseScene scene = new ReleaseScene(stack, "quiet");
    WorkflowStub run = ReleaseScene.atGate(scene.start(telling(scene.gated(), "webhook:ops")));
    await(() -> !hook.told(scene.id()).isEmpty());
    run.cancel();

    assertThatThrownBy(() -> run.getResult(Map.class)).hasCauseInstanceOf(CanceledFailure.class);
    assertThat(hook.told(scene.id())).singleElement().asString().contains("waits at go-on");
  }

  private static void strikeMessages(String effect) {
    strikeMessages(effect, 2);
  }

  private static void strikeMessages(String effect, int times) {
    stack.control(
        "POST",
        "/faults",
        "{\"platform\":\"synapse\",\"route\":\"POST /message\",\"times\":"
            + times
            + ",\"do\":"
            + effect
            + "}");
  }

  private static Map<String, Object> one(ReleaseScene scene, int exitCode) {
    scene.planned(ReleaseScene.exits(exitCode));
    return scene.request(List.of(ReleaseScene.step("only", List.of("true")).map()));
  }

  private static Map<String, Object> telling(Map<String, Object> request, String... who) {
    request.put("notify", List.of(who));
    return request;
  }

  private static List<String> states(JsonNode report) {
    return report.path("notices").findValuesAsText("state");
  }

  /** Subjects of the messages of Synapse that were sent. */
  private static List<String> messages(ReleaseScene scene) {
    return stack.effects("synapse", "POST /message").stream()
        .map(sent -> sent.at("/request/subject").asText())
        .filter(subject -> subject.startsWith(scene.id() + " "))
        .toList();
  }
}
