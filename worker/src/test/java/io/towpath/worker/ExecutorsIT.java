package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.uber.m3.tally.NoopScope;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.worker.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Releases on every executor, through the whole workflow. */
@Tag("suite")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExecutorsIT {
  private static final List<String> TYPES = List.of("aws-batch", "aws-ecs", "kubernetes", "seqera");
  private static final Pattern NEXTFLOW_MEMORY = Pattern.compile("memory = '(\\d+) MB'");

  private static final MeterRegistry METERS = new SimpleMeterRegistry();

  @TempDir private static Path folder;
  private static MockJobs kubernetes;
  private static Stack stack;
  private long since;

  @BeforeAll
  static void start() {
    kubernetes = new MockJobs();
    Map<String, String> settings = new TreeMap<>(Stack.FAST);
    settings.put("KUBECONFIG", kubernetes.kubeconfig(folder).toString());
    settings.put("TOWPATH_CONTAINER_SECRETS", "aws-sm:towpath-demo/");
    stack = new Stack(SandboxOptions.forTests(), settings, new NoopScope(), Telemetry.of(METERS));
  }

  @AfterAll
  static void stop() {
    stack.close();
    kubernetes.close();
  }

  @BeforeEach
  void beginAnew() {
    stack.effects("", "");
    since = stack.lastEffectSeen();
    kubernetes.forget();
  }

  @Test
  void items_fan_out_and_what_fails_is_run_again_with_more_memory_where_that_was_short() {
    Map<String, Object> items = Map.of("names", List.of("one", "two"));
    Map<String, Object> size = size(2);
    List<Map<String, Object>> steps =
        List.of(
            step("fan", "{item}").with("items", items).with("resources", size).map(),
            step("again", "all").with("needs", List.of("fan")).with("resources", size).map());
    Map<String, WorkflowStub> runs = new TreeMap<>();
    for (String type : TYPES) {
      for (int exit : new int[] {0, 0, 143, 137, 0}) {
        place(type).ends(exit);
      }
      runs.put(type, start(type, "ended", steps));
    }

    runs.forEach(
        (type, run) -> {
          JsonNode report = stack.report(run);

          assertThat(report.path("outcome").asText()).as(type).isEqualTo("SUCCEEDED");
          assertThat(report.at("/itemCounts/SUCCEEDED").asInt()).as(type).isEqualTo(3);
          assertThat(place(type).submitted()).as(type).hasSize(5).doesNotHaveDuplicates();
          assertThat(place(type).memoryMb()).as(type).containsExactly(2_048, 4_096);
        });
  }

  @Test
  void calls_to_each_executor_are_counted() {
    for (String type : TYPES) {
      ReleaseScene scene = new ReleaseScene(stack, "counted-" + type);
      Map<String, Object> request = scene.request(List.of(step("one", "all").map()));
      request.remove("secrets");
      request.put("executor", place(type).executor());

      assertThat(scene.plan(request).problems()).as(type).isEmpty();
    }

    assertThat(METERS.get("towpath.platform.http").tag("status", "2xx").timers())
        .extracting(timer -> timer.getId().getTag("platform"))
        .contains("batch", "ecs", "kubernetes", "seqera", "s3");
  }

  @Test
  void a_cancelled_release_stops_what_runs_there() {
    Map<String, WorkflowStub> runs = new TreeMap<>();
    for (String type : TYPES) {
      place(type).lasts();
      runs.put(
          type,
          start(type, "cancelled", List.of(step("long", "all").with("resources", size(3)).map())));
    }
    for (WorkflowStub run : runs.values()) {
      await(() -> isWatched(run));
      run.cancel();
    }

    runs.forEach(
        (type, run) -> {
          assertThatThrownBy(() -> run.getResult(Map.class))
              .as(type)
              .isInstanceOf(WorkflowFailedException.class);
          stack.replay(run);
          assertThat(place(type).submitted()).as(type).hasSize(1);
          assertThat(place(type).stopped())
              .as(type)
              .containsExactlyElementsOf(place(type).submitted());
        });
  }

  @Test
  void an_engine_gets_a_secret_that_the_worker_reads_at_aws_as_a_file() {
    ReleaseScene scene = new ReleaseScene(stack, "from-aws");
    Map<String, Object> request =
        scene.request(
            List.of(
                ReleaseScene.step(
                        "process",
                        List.of("release-step", "process", "{config}", "--dataset", "biodomains"))
                    .map()));
    request.put("secrets", Map.of("SYNAPSE_AUTH_TOKEN", "aws-sm:towpath-demo/synapse"));

    WorkflowStub run = scene.start(request);

    assertThat(stack.report(run).path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(scene.containers("PUT /containers/{id}/archive")).hasSize(1);
    assertThat(stack.history(run).toJson(false))
        .doesNotContain(stack.env().get("SYNAPSE_AUTH_TOKEN"));
  }

  /** Its container was submitted, and has been asked for since. */
  private static boolean isWatched(WorkflowStub run) {
    return run.describe().getRawDescription().getPendingActivitiesList().stream()
        .anyMatch(
            activity ->
                activity.getActivityType().getName().equals("ContainerRun")
                    && activity.getLastFailure().getMessage().contains(" is "));
  }

  private static Map<String, Object> size(int memoryGb) {
    return Map.of("default", Map.of("cpus", 1, "memoryGb", memoryGb));
  }

  /** Words that every executor takes: arguments of a program, or parameters of a pipeline. */
  private static ReleaseScene.Step step(String name, String what) {
    return ReleaseScene.step(name, List.of("--what", what));
  }

  private WorkflowStub start(String type, String name, List<Map<String, Object>> steps) {
    ReleaseScene scene = new ReleaseScene(stack, name + "-" + type);
    Map<String, Object> request = scene.request(steps);
    request.remove("secrets");
    request.put("executor", place(type).executor());
    return scene.start(request);
  }

  private ExecutorPlace place(String type) {
    return switch (type) {
      case "aws-batch" -> batch();
      case "aws-ecs" -> ecs();
      case "seqera" -> seqera();
      default -> kubernetes;
    };
  }

  private ExecutorPlace batch() {
    return new ExecutorPlace.OfSandbox(
        stack,
        "batch",
        Map.of(
            "type", "aws-batch",
            "queue", stack.seed("aws.jobQueue"),
            "executionRole", stack.seed("aws.executionRole")),
        List.of("RUNNING", "SUCCEEDED", "FAILED"),
        List.of("POST /v1/submitjob", "POST /v1/registerjobdefinition", "POST /v1/terminatejob"),
        ExecutorsIT::memoryOfJob,
        since);
  }

  private static int memoryOfJob(JsonNode definition) {
    for (JsonNode need : definition.at("/containerProperties/resourceRequirements")) {
      if (need.path("type").asText().equals("MEMORY")) {
        return need.path("value").asInt();
      }
    }
    return 0;
  }

  private ExecutorPlace ecs() {
    return new ExecutorPlace.OfSandbox(
        stack,
        "ecs",
        Map.of(
            "type", "aws-ecs",
            "cluster", stack.seed("aws.cluster"),
            "executionRole", stack.seed("aws.executionRole"),
            "subnets", List.of(stack.seed("aws.subnet")),
            "securityGroups", List.of(stack.seed("aws.securityGroup"))),
        List.of("RUNNING", "STOPPED", "STOPPED"),
        List.of("RunTask", "RegisterTaskDefinition", "StopTask"),
        definition -> definition.at("/containerDefinitions/0/memory").asInt(),
        since);
  }

  private ExecutorPlace seqera() {
    return new ExecutorPlace.OfSandbox(
        stack,
        "seqera",
        Map.of(
            "type", "seqera",
            "pipeline", stack.seed("seqera.pipeline"),
            "revision", stack.seed("seqera.revision")),
        List.of("RUNNING", "SUCCEEDED", "FAILED"),
        List.of(
            "POST /workflow/launch", "POST /workflow/launch", "POST /workflow/{workflowId}/cancel"),
        ExecutorsIT::memoryOfRun,
        since);
  }

  private static int memoryOfRun(JsonNode launch) {
    Matcher memory = NEXTFLOW_MEMORY.matcher(launch.at("/launch/configText").asText());
    return memory.find() ? Integer.parseInt(memory.group(1)) : 0;
  }

  private static void await(Callable<Boolean> until) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(until);
  }
}
