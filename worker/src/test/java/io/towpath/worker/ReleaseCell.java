package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.TerminatedFailure;
import io.towpath.proof.check.Expectation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
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
      exclusive: ["synapse:SHARED"]
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

  /** One that fails, one that succeeds, and one for each that is taken over. */
  private static final int MOST_STARTS = 4;

  /** The lease of a terminated run waits for as long as a call of it may be under way. */
  private static final Duration LONGEST_TURN = Duration.ofMinutes(3);

  /** What a run that found the release recorded does not tell again. */
  private static final Pattern TOLD_BEFORE =
      Pattern.compile("report\\.(items|itemCounts|approvals|manifest|timeline)\\b.*");

  private final Stack stack;
  private final Hook hook;
  private final String name;
  private final ReleaseFolder data;
  private final String prod;
  private final Map<String, Object> request;
  private final long since;

  /** What cells share, with the folder of the marks. */
  private record Place(Stack stack, Hook hook, Path marks) {}

  private ReleaseCell(Place place, String name, String shared) {
    this.stack = place.stack();
    this.hook = place.hook();
    this.name = name;
    this.data = new ReleaseFolder(stack, name, 2);
    this.prod = stack.sandbox().synapseSeed().folder(stack.folder(name), "prod");
    String yaml =
        REQUEST
            .replace("SHARED", shared)
            .replace("NAME", name)
            .replace("<release.image>", stack.seed("release.image"))
            .replace("USER", user(stack))
            .replace("SCRIPT", "\"" + SCRIPT + "\"")
            .replace("MARKS", place.marks().resolve(name).toString())
            .replace("FOLDER", data.id())
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
    pull(stack);
    Place place = place(stack, hook);
    return name -> new ReleaseCell(place, name, name);
  }

  /** Those that want the same resource for themselves alone. */
  static Kind sharing(Stack stack, Hook hook, String resource) {
    pull(stack);
    Place place = place(stack, hook);
    return name -> new ReleaseCell(place, name, resource);
  }

  /** So that each cell finds the image. */
  static void pull(Stack stack) {
    ReleaseScene scene = new ReleaseScene(stack, "pulled");
    scene.plannedWell(1);
    stack.report(
        scene.start(scene.request(List.of(ReleaseScene.step("only", List.of("true")).map()))));
  }

  /** The same without a turn, so that nothing of a run that is terminated is stopped. */
  static Kind withoutTurn(Stack stack, Hook hook) {
    Place place = place(stack, hook);
    return name -> {
      ReleaseCell cell = new ReleaseCell(place, name, name);
      cell.request.remove("exclusive");
      return cell;
    };
  }

  /** The same where containers may be stopped meanwhile. */
  static Kind stoppedMeanwhile(Stack stack, Hook hook) {
    Place place = place(stack, hook);
    return name -> new StoppedReleaseCell(new ReleaseCell(place, name, name));
  }

  private static Place place(Stack stack, Hook hook) {
    try {
      return new Place(stack, hook, Files.createTempDirectory("towpath-release-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String user(Stack stack) {
    return stack.synapse("/repo/v1/userProfile").path("ownerId").asText();
  }

  /** Whether this is no more than a run that found the release recorded. */
  static List<String> unexplained(List<String> differences) {
    return differences.stream().noneMatch(one -> one.contains(" is recorded before, not "))
        ? differences
        : differences.stream().filter(one -> !TOLD_BEFORE.matcher(one).matches()).toList();
  }

  @Override
  public Stack stack() {
    return stack;
  }

  @Override
  public String etl() {
    return "release-deploy";
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
  public Map<String, Object> request() {
    return request;
  }

  /**
   * Each item and attempt ran once, nothing was promoted while an item had failed and one record
   * was after that, everybody was told once.
   */
  @Override
  public Essence outcome(WorkflowStub run) {
    JsonNode report = done(run, this::checkPartial);
    assertThat(report.path("outcome").asText()).isIn("SUCCEEDED", "NOOP");
    assertThat(ran()).hasSize(6).doesNotHaveDuplicates();
    assertThat(effects().memory()).containsOnlyOnce(4L << 30);
    assertThat(promoted()).singleElement().matches(file -> file.path("versionNumber").asInt() == 1);
    checkMessages(report);
    return new Essence(name).add("report", told(report));
  }

  @Override
  public Expectation asked(long since, JsonNode report) {
    return Expectation.of(calls(), since)
        .report(report)
        .runs("container", "\"grows\"", 2)
        .runs("container", "\"fails\"", 2)
        .run("container", "\"works\"")
        .run("container", "\"exit 0\"")
        .note(prod, "release.json")
        .keeps(data.manifest() + ".1");
  }

  /** Starts it until it is done: one run ends with its item, and a terminated one is taken over. */
  JsonNode done(WorkflowStub first, Consumer<WorkflowFailedException> onPartial) {
    WorkflowStub run = first;
    int partial = 0;
    int terminated = 0;
    while (partial + terminated <= MOST_STARTS) {
      try {
        return report(run);
      } catch (WorkflowFailedException failed) {
        if (failed.getCause() instanceof TerminatedFailure) {
          terminated++;
        } else {
          partial++;
          stack.replay(run);
          onPartial.accept(failed);
        }
        run = start();
      }
    }
    throw new AssertionError("not done after " + terminated + " take-overs");
  }

  /** Its report; its gate is opened where it comes to it. */
  private JsonNode report(WorkflowStub run) {
    Awaitility.await()
        .atMost(LONGEST_TURN)
        .ignoreExceptionsInstanceOf(WorkflowException.class)
        .until(() -> isOver(run) || ReleaseScene.attention(run).contains("towpath approve"));
    if (!isOver(run)) {
      try {
        ReleaseScene.approve(run, "go-on", "jane");
      } catch (WorkflowException over) {
        assertThat(isOver(run)).as("the gate did not open: " + over).isTrue();
      }
    }
    return stack.report(run);
  }

  private static boolean isOver(WorkflowStub run) {
    return run.describe().getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  private void checkPartial(WorkflowFailedException failed) {
    assertThat(failed.getCause()).hasMessageContaining("PARTIAL");
    assertThat(ran()).hasSize(4);
    assertThat(promoted()).isEmpty();
  }

  /** Names of the containers that were started; one that was removed unstarted is made again. */
  private List<String> ran() {
    List<String> all = new ArrayList<>(effects().begun());
    all.addAll(effects().removed());
    assertThat(effects().made()).containsExactlyInAnyOrderElementsOf(all);
    return effects().begun();
  }

  ReleaseEffects effects() {
    return effects(since);
  }

  private ReleaseEffects effects(long after) {
    return new ReleaseEffects(stack, Pattern.compile(calls()), after);
  }

  List<JsonNode> promoted() {
    JsonNode page =
        stack.synapse(
            "/repo/v1/entity/children", Map.of("parentId", prod, "includeTypes", List.of("file")));
    return Stack.JSON.convertValue(
        page.path("page"),
        Stack.JSON.getTypeFactory().constructCollectionType(List.class, JsonNode.class));
  }

  /** The gate of the second start and both ends. */
  private void checkMessages(JsonNode report) {
    assertThat(effects().subjects()).hasSize(3).doesNotHaveDuplicates();
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
    told.remove("outcome");
    told.remove("notices");
    told.withObject("/manifest").remove("recordSha256");
    told.path("items").forEach(item -> ((ObjectNode) item).remove(ITS_OWN));
    return told;
  }
}
