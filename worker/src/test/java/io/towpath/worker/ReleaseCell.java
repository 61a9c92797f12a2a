package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.towpath.workflows.release.ReleaseWorkflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * A release that has everything: an item that needs more memory the second time, one that fails and
 * is done by the second start, a turn, a gate, a manifest, a promotion, and people who are told.
 */
final class ReleaseCell implements Cell {
  private static final String REQUEST =
      """
      project: demo
      environment: matrix
      release: NAME
      image: <release.image>
      secrets: {TOKEN_NAME: "env:SYNAPSE_AUTH_TOKEN"}
      exclusive: ["synapse:NAME"]
      notify: ["synapse:USER", "webhook:ops"]
      steps:
        - name: process
          command: [sh, -c, SCRIPT, MARKS, "{item}"]
          items: {names: [grows, fails, works]}
        - name: release
          command: [sh, -c, "exit 0"]
          needs: [process]
          gate: go-on
      gates: {go-on: {approvers: [jane]}}
      verify: {manifest: {parent: FOLDER, onUnchanged: accept}}
      promote: [{to: prod, parent: PROD}]
      """;

  /** Each program leaves a mark when it runs the first time; only then it fails. */
  private static final String SCRIPT =
      "case $1 in grows) code=137;; fails) code=3;; *) exit 0;; esac;"
          + " if mkdir $0-$1; then exit $code; fi";

  /** What is of one container, of one cell's ids, or of a time. */
  private static final List<String> ITS_OWN = List.of("externalId", "durationS");

  private final Stack stack;
  private final Hook hook;
  private final String name;
  private final String prod;
  private final Map<String, Object> request;
  private final long since;

  private ReleaseCell(Stack stack, Hook hook, String name, Path marks) {
    this.stack = stack;
    this.hook = hook;
    this.name = name;
    ReleaseFolder folder = new ReleaseFolder(stack, name, 2);
    this.prod = stack.sandbox().synapseSeed().folder(stack.folder(name), "prod");
    String yaml =
        REQUEST
            .replace("NAME", name)
            .replace("<release.image>", stack.seed("release.image"))
            .replace("USER", user(stack))
            .replace("SCRIPT", "\"" + SCRIPT + "\"")
            .replace("MARKS", marks.resolve(name).toString())
            .replace("FOLDER", folder.id())
            .replace("PROD", prod);
    this.request = new Yaml().load(yaml);
    this.since = stack.lastEffectSeen();
  }

  /**
   * Pulls the image before, which no cell of its own has to do.
   *
   * @param hook what the webhook {@code ops} is
   */
  static Kind kind(Stack stack, Hook hook) {
    ReleaseScene scene = new ReleaseScene(stack, "pulled");
    scene.plannedWell(1);
    stack.report(
        scene.start(scene.request(List.of(ReleaseScene.step("only", List.of("true")).map()))));
    try {
      Path marks = Files.createTempDirectory("towpath-release-");
      return name -> new ReleaseCell(stack, hook, name, marks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String user(Stack stack) {
    return stack.synapse("/repo/v1/userProfile").path("ownerId").asText();
  }

  @Override
  public String calls() {
    return "(\\b|_)" + name + "\\b|\"" + prod + "\"";
  }

  @Override
  public String workflowId() {
    return "release-deploy/demo/matrix/" + name;
  }

  @Override
  public WorkflowStub start() {
    return stack.start(ReleaseWorkflow.TYPE, workflowId(), request);
  }

  /**
   * Each item and attempt ran once, nothing was promoted while an item had failed and one record
   * was after that, everybody was told once; and the same request changes nothing any more.
   */
  @Override
  public Essence outcome(WorkflowStub run) {
    assertThat(failure(run)).contains("PARTIAL");
    assertThat(ran()).hasSize(4);
    assertThat(promoted()).isEmpty();
    JsonNode report = stack.report(opened(start()));
    assertThat(ran()).hasSize(6).doesNotHaveDuplicates();
    assertThat(memory()).containsOnlyOnce(4L << 30).hasSize(6);
    assertThat(promoted()).singleElement().matches(file -> file.path("versionNumber").asInt() == 1);
    checkMessages(report);
    assertThat(changesOfAnotherStart()).isEmpty();
    return new Essence(name).add("report", told(report));
  }

  private String failure(WorkflowStub run) {
    try {
      return "it ended well: " + run.getResult(Map.class);
    } catch (WorkflowFailedException failed) {
      stack.replay(run);
      return String.valueOf(failed.getCause());
    }
  }

  private static WorkflowStub opened(WorkflowStub run) {
    ReleaseScene.approve(ReleaseScene.atGate(run), "go-on", "jane");
    return run;
  }

  /** Names of the containers that were started. */
  private List<String> ran() {
    List<String> made = names("POST /containers/create");
    assertThat(names("POST /containers/{id}/start")).containsExactlyInAnyOrderElementsOf(made);
    return made;
  }

  private List<String> names(String route) {
    return ours(stack.effects("container", route, since)).stream()
        .map(effect -> effect.at("/object/name").asText())
        .toList();
  }

  private List<Long> memory() {
    return ours(stack.effects("container", "POST /containers/create", since)).stream()
        .map(effect -> effect.at("/request/HostConfig/Memory").asLong())
        .toList();
  }

  private List<JsonNode> promoted() {
    JsonNode page =
        stack.synapse(
            "/repo/v1/entity/children", Map.of("parentId", prod, "includeTypes", List.of("file")));
    return Stack.JSON.convertValue(
        page.path("page"),
        Stack.JSON.getTypeFactory().constructCollectionType(List.class, JsonNode.class));
  }

  /** The gate of the second start and both ends. */
  private void checkMessages(JsonNode report) {
    List<String> subjects =
        ours(stack.effects("synapse", "POST /message", since)).stream()
            .map(effect -> effect.at("/request/subject").asText())
            .toList();
    assertThat(subjects).hasSize(3).doesNotHaveDuplicates();
    List<String> calls = hook.told("/" + name + " ");
    assertThat(calls).doesNotHaveDuplicates();
    assertThat(calls.size()).isLessThanOrEqualTo(3);
    report.path("notices").forEach(notice -> checkMessage(notice, calls));
  }

  /** A webhook cannot be asked: a worker that died around its call may have told nobody. */
  private static void checkMessage(JsonNode notice, List<String> calls) {
    String state = notice.path("state").asText();
    if (notice.path("to").asText().equals("webhook:ops")) {
      String word = notice.path("event").asText().equals("succeeded") ? "SUCCEEDED" : "waits at";
      assertThat(state).isIn("sent", "perhaps sent");
      assertThat(calls.stream().anyMatch(call -> call.contains(word)) || !state.equals("sent"))
          .as("what is said to be sent was: " + notice)
          .isTrue();
    } else {
      assertThat(state).isEqualTo("sent");
    }
  }

  private JsonNode told(JsonNode report) {
    ObjectNode told = report.deepCopy();
    told.remove("notices");
    told.withObject("/manifest").remove("recordSha256");
    told.path("items").forEach(item -> ((ObjectNode) item).remove(ITS_OWN));
    return told;
  }

  private List<JsonNode> changesOfAnotherStart() {
    stack.effects("", "", stack.lastEffectSeen());
    long before = stack.lastEffectSeen();
    JsonNode again = Stack.JSON.valueToTree(start().getResult(Map.class));
    assertThat(again.path("outcome").asText()).isEqualTo("NOOP");
    return ours(stack.effects("", "", before));
  }

  private List<JsonNode> ours(List<JsonNode> effects) {
    Pattern ours = Pattern.compile(calls());
    return effects.stream().filter(effect -> ours.matcher(effect.toString()).find()).toList();
  }
}
