package io.towpath.worker;

import static java.util.Comparator.naturalOrder;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.towpath.workflows.plan.Plan;
import io.towpath.workflows.progress.StatusView;
import io.towpath.workflows.release.ReleaseWorkflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** The demo's release under a name of its own, and what was done for it. */
final class ReleaseScene {
  static final String GATE = "go-on";

  private static final List<String> ITEMS = List.of("biodomains", "gene_info", "rna_de_aggregate");

  private final Stack stack;
  private final String release;
  private final long since;

  ReleaseScene(Stack stack, String release) {
    this.stack = stack;
    this.release = release;
    stack.effects("", "");
    this.since = stack.lastEffectSeen();
  }

  static String businessKey(String release) {
    return "release-deploy/demo/test/" + release;
  }

  String id() {
    return businessKey(release);
  }

  /** Two steps: every dataset of the demo's configuration, then the manifest. */
  Map<String, Object> request() {
    return request(
        List.of(
            step("process", List.of("release-step", "process", "{config}", "--dataset", "{item}"))
                .with("items", Map.of("fromConfig", "datasets[*].keys"))
                .with("maxParallel", 1)
                .map(),
            step("release", List.of("release-step", "release", "{config}"))
                .with("needs", List.of("process"))
                .map()));
  }

  Map<String, Object> request(List<Map<String, Object>> steps) {
    Map<String, Object> request = new TreeMap<>();
    request.put("project", "demo");
    request.put("environment", "test");
    request.put("release", release);
    request.put("image", stack.seed("release.image"));
    request.put("config", Map.of("uri", "syn://" + stack.seed("release.config")));
    request.put("variables", Map.of("SYNAPSE_ENDPOINT", stack.env().get("SYNAPSE_ENDPOINT")));
    request.put("secrets", Map.of("SYNAPSE_AUTH_TOKEN", "env:SYNAPSE_AUTH_TOKEN"));
    request.put("steps", steps);
    return request;
  }

  /** Promotes an earlier release again. */
  Map<String, Object> rollback(String earlier) {
    Map<String, Object> request = new TreeMap<>();
    request.put("project", "demo");
    request.put("environment", "test");
    request.put("release", release);
    request.put("rollbackTo", earlier);
    return request;
  }

  /** Two steps without items, planned to end well; Jane has to let the second begin. */
  Map<String, Object> gated() {
    Map<String, Object> request =
        request(
            List.of(
                step("process", List.of("release-step", "process")).map(),
                step("release", List.of("release-step", "release"))
                    .with("needs", List.of("process"))
                    .with("gate", GATE)
                    .map()));
    request.put("gates", Map.of(GATE, Map.of("approvers", List.of("jane"))));
    plannedWell(2);
    return request;
  }

  /** Waits until the run waits at its gate. */
  static WorkflowStub atGate(WorkflowStub run) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> attention(run).contains("towpath approve"));
    return run;
  }

  /** Stages of a run with the states that they are in. */
  static Map<String, String> stages(WorkflowStub run) {
    Map<String, String> states = new TreeMap<>();
    run.query("status", StatusView.class)
        .stages()
        .forEach(stage -> states.put(stage.name(), stage.state()));
    return states;
  }

  static String attention(WorkflowStub run) {
    return run.query("status", StatusView.class).attentionReason().orElse("");
  }

  static void approve(WorkflowStub run, String gate, String by) {
    run.update("approve", String.class, Map.of("gate", gate, "by", by, "note", "well"));
  }

  /** How the run failed, after its history was replayed. */
  ApplicationFailure failure(WorkflowStub run) {
    try {
      run.getResult(Map.class);
    } catch (WorkflowFailedException e) {
      stack.replay(run);
      if (e.getCause() instanceof ApplicationFailure failure) {
        return failure;
      }
      throw e;
    }
    throw new AssertionError("it did not fail");
  }

  /** A step of a request, built field by field. */
  record Step(Map<String, Object> map) {
    Step with(String field, Object value) {
      map.put(field, value);
      return this;
    }
  }

  static Step step(String name, List<String> command) {
    Map<String, Object> step = new TreeMap<>();
    step.put("name", name);
    step.put("command", command);
    return new Step(step);
  }

  Map<String, Object> verify() {
    return Map.of("manifest", Map.of("parent", stack.seed("release.destination")));
  }

  List<String> items() {
    return ITEMS;
  }

  WorkflowStub start(Map<String, Object> request) {
    return stack.start(ReleaseWorkflow.TYPE, id(), request);
  }

  Plan plan(Map<String, Object> request) {
    return stack.plan(ReleaseWorkflow.TYPE, request);
  }

  /** Names of the containers that were made, or started, since the scene began. */
  List<String> containers(String route) {
    return effects(route).stream().map(effect -> effect.at("/object/name").asText()).toList();
  }

  /** What the engine did by one of its calls since the scene began. */
  List<JsonNode> effects(String route) {
    return stack.effects("container", route, since);
  }

  /**
   * When containers of a release were there.
   *
   * @param begin when the journal says that the first was made
   * @param end when the engine says that the last had ended
   */
  record Interval(int containers, Instant begin, Instant end) {}

  Interval busy() {
    List<JsonNode> made =
        effects("POST /containers/create").stream()
            .filter(one -> one.at("/request/Labels/towpath.for").asText().equals(id()))
            .toList();
    return new Interval(
        made.size(),
        made.stream()
            .map(one -> Instant.parse(one.path("at").asText()))
            .min(naturalOrder())
            .orElseThrow(),
        made.stream().map(this::finished).max(naturalOrder()).orElseThrow());
  }

  private Instant finished(JsonNode made) {
    JsonNode now = stack.engine("GET", "/containers/" + made.at("/object/id").asText() + "/json");
    return Instant.parse(now.at("/State/FinishedAt").asText());
  }

  List<String> made() {
    return containers("POST /containers/create");
  }

  List<String> started() {
    return containers("POST /containers/{id}/start");
  }

  /** How the next containers go on, one after the other, in place of their program. */
  void planned(String... ends) {
    for (String end : ends) {
      stack.control(
          "POST",
          "/plans",
          "{\"platform\":\"container\",\"match\":\"^tp-\",\"steps\":" + end + "}");
    }
  }

  /** The next containers end well, without a program. */
  void plannedWell(int containers) {
    for (int i = 0; i < containers; i++) {
      planned(exits(0));
    }
  }

  static String exits(int code) {
    return "[{\"status\":\"running\",\"forMs\":50},"
        + "{\"status\":\"exited\",\"detail\":{\"exitStatus\":"
        + code
        + "}}]";
  }
}
