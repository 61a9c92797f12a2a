package io.towpath.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.configfile.ConfigFile;
import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.etl.Problems;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.request.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReleaseRequestTest {
  private static final String IMAGE = "ghcr.io/org/adt@sha256:" + "0f".repeat(32);

  private final Map<String, Object> json = new TreeMap<>();
  private final List<Map<String, Object>> steps = new ArrayList<>();

  ReleaseRequestTest() {
    json.put("project", "agora");
    json.put("environment", "preprod");
    json.put("release", "2026.07");
    json.put("image", "ghcr.io/org/adt:1.4.0");
    json.put("config", Map.of("uri", "syn://syn1.2"));
    json.put("steps", steps);
    steps.add(step("process", "{item}", "items", Map.of("fromConfig", "datasets[*].keys")));
    steps.add(step("release", "{config}", "needs", List.of("process")));
  }

  private static Map<String, Object> step(String name, String word, String field, Object value) {
    Map<String, Object> step = new TreeMap<>();
    step.put("name", name);
    step.put("command", List.of("adt", word));
    step.put(field, value);
    return step;
  }

  @Test
  void a_minimal_request_has_defaults_for_everything_else() {
    ReleaseRequest request = read();

    assertThat(problems()).isEmpty();
    assertThat(request.executor().type()).isEqualTo("docker");
    assertThat(request.steps().get(0).maxParallel()).isEqualTo(8);
    assertThat(request.steps().get(0).retry().onExitCodes()).containsExactly(137, 143);
    assertThat(request.steps().get(1).when()).isEqualTo("allSucceeded");
  }

  @Test
  void every_problem_is_told_at_once_with_its_place() {
    json.put("project", "ag ora");
    json.put("config", Map.of("uri", "branch dev", "sha256", "abc"));
    json.put("executor", Map.of("type", "aws-batch"));
    json.put("exclusive", List.of("a b"));
    json.put("gates", Map.of("nobody", Map.of()));
    json.put("promote", List.of(Map.of("to", "prod", "parent", "syn1", "gate", "go")));
    json.put("notify", List.of("mail:me"));
    steps.get(0).put("maxParalell", 2);
    steps.get(1).put("timeout", "PT1S");
    steps.get(1).put("retry", Map.of("onExitCodes", List.of(300)));

    assertThat(problems())
        .extracting(Problem::place)
        .containsExactlyInAnyOrder(
            "project",
            "config.uri",
            "config.sha256",
            "executor.queue",
            "executor.executionRole",
            "exclusive[0]",
            "gates.go",
            "gates.nobody",
            "promote",
            "notify[0]",
            "steps[0].maxParalell",
            "steps[1].timeout",
            "steps[1].retry.onExitCodes");
  }

  @Test
  void a_command_with_the_syntax_of_a_shell_is_explained() {
    steps.get(0).put("command", "adt process {item} > out");
    steps.get(1).put("command", List.of("adt", "release", "&&", "{konfig}"));

    assertThat(problems())
        .extracting(Problem::place)
        .contains("steps[0].command", "steps[1].command[2]", "steps[1].command[3]");
    assertThat(problems())
        .extracting(Problem::text)
        .anyMatch(text -> text.contains("no shell reads it: list its arguments one by one"))
        .anyMatch(text -> text.contains("[\"sh\", \"-c\", \"…\"]"))
        .anyMatch(text -> text.contains("{konfig} stands for nothing"));
  }

  @Test
  void a_gate_that_nobody_may_open_and_one_that_nothing_waits_at_are_told() {
    steps.get(1).put("gate", "approve-release");
    json.put("verify", Map.of("manifest", Map.of("parent", "syn1")));
    json.put("promote", List.of(Map.of("to", "prod", "parent", "syn2", "gate", "to-prod")));
    json.put("gates", Map.of("to-prod", Map.of("approvers", List.of()), "idle", Map.of()));

    assertThat(problems())
        .extracting(problem -> problem.place() + " " + problem.text().replaceFirst("[;,].*", ""))
        .containsExactlyInAnyOrder(
            "gates.approve-release nobody may open it",
            "gates.to-prod nobody may open it",
            "gates.idle no step and no promotion waits at it");
  }

  @Test
  void a_secret_in_a_request_is_refused_and_not_repeated() {
    json.put("secrets", Map.of("TOKEN", "ghp_0123456789abcdefghij"));
    json.put("variables", Map.of("API_KEY", "a1b2c3d4e5f6g7h8i9"));

    assertThat(problems())
        .extracting(Problem::place)
        .containsExactlyInAnyOrder("secrets.TOKEN", "variables.API_KEY");
    assertThat(problems())
        .extracting(Problem::text)
        .noneMatch(text -> text.contains("ghp_") || text.contains("a1b2"));
  }

  @Test
  void at_seqera_a_command_is_parameters_and_secrets_are_those_of_the_workspace() {
    json.put("executor", Map.of("type", "seqera"));
    steps.get(0).put("command", List.of("--config", "{config}", "--dataset={item}", "--force"));
    steps.get(1).put("command", List.of("adt", "release"));
    json.put("secrets", Map.of("TOKEN", "env:TOKEN", "OTHER", "seqera:OTHER"));

    assertThat(problems())
        .extracting(Problem::place)
        .containsExactlyInAnyOrder("executor.pipeline", "steps[1].command", "secrets.TOKEN");
    assertThat(problems())
        .extracting(Problem::text)
        .anyMatch(text -> text.contains("\"adt\" is no parameter of a pipeline"))
        .anyMatch(text -> text.contains("expected seqera:TOKEN"));
  }

  @Test
  void only_seqera_has_secrets_of_a_workspace() {
    json.put("secrets", Map.of("TOKEN", "seqera:TOKEN"));

    assertThat(problems()).extracting(Problem::place).containsExactly("secrets.TOKEN");
  }

  @Test
  void an_executors_problem_with_a_size_stands_where_the_request_names_the_largest() {
    steps.get(0).put("items", Map.of("names", List.of("genes", "rna")));
    steps
        .get(0)
        .put(
            "resources",
            Map.of(
                "default",
                Map.of("cpus", 8),
                "overrides",
                Map.of("rna", Map.of("cpus", 2, "memoryGb", 64))));

    Largest largest = Largest.of(read().steps());

    assertThat(largest.memoryMb()).isEqualTo(64 * 1_024);
    assertThat(largest.placed(new Problem("memoryMb", "")).place())
        .isEqualTo("steps[0].resources.overrides.rna.memoryGb");
    assertThat(largest.placed(new Problem("cpus", "")).place())
        .isEqualTo("steps[0].resources.default.cpus");
  }

  @Test
  void a_size_that_no_item_gets_is_not_the_largest_and_retries_grow_it_to_a_bound() {
    steps.get(0).put("items", Map.of("names", List.of("genes", "rna"), "exclude", List.of("rna")));
    Map<String, Object> overrides =
        Map.of("rna", Map.of("memoryGb", 64), "genes", Map.of("memoryGb", 3));
    steps
        .get(0)
        .put("resources", Map.of("default", Map.of("memoryGb", 32), "overrides", overrides));

    assertThat(Largest.of(read().steps()).memoryMb()).isEqualTo(3 * 1_024);
    assertThat(Largest.of(read().steps()).grownMb()).isEqualTo(12 * 1_024);
    steps.get(0).put("retry", Map.of("maxAttempts", 20, "scaleMemory", 16));
    assertThat(Largest.of(read().steps()).grownMb()).isEqualTo(4_096 * 1_024);
    steps.get(0).put("items", Map.of("fromConfig", "a", "exclude", List.of("rna")));
    assertThat(Largest.of(read().steps()).memoryMb()).isEqualTo(32 * 1_024);
  }

  @Test
  void sizes_of_items_have_no_place_in_a_step_without_any_and_a_step_has_so_many_only() {
    steps.get(1).put("resources", Map.of("overrides", Map.of("e", Map.of("memoryGb", 64))));
    List<String> names = IntStream.rangeClosed(0, 200).mapToObj(i -> "item" + i).toList();
    steps.get(0).put("items", Map.of("names", names));
    Problems problems = new Problems();

    new StepItems(problems).of(read().steps(), Map.of());

    assertThat(problems())
        .extracting(Problem::place)
        .containsExactly("steps[1].resources.overrides");
    assertThat(problems.all())
        .singleElement()
        .satisfies(problem -> assertThat(problem.text()).contains("are 201; a step has room"));
  }

  @Test
  void what_moves_in_a_pipeline_is_pinned_with_the_request() {
    json.put("executor", Map.of("type", "seqera", "pipeline", "org/etl", "revision", "main"));
    ReleaseSpec spec = spec(IMAGE);
    Executor pinned =
        spec.executor()
            .with(
                new Executor.Pipeline(
                    "org/etl", Optional.of("0f0f"), Optional.of("env1"), List.of()));
    ReleaseSpec resolved =
        new ReleaseSpec(
            spec.request(),
            spec.image(),
            pinned,
            spec.config(),
            spec.items(),
            spec.recorded(),
            spec.warnings());

    assertThat(resolved.pinned(json).get("executor"))
        .isEqualTo(
            Map.of(
                "type", "seqera",
                "pipeline", "org/etl",
                "revision", "0f0f",
                "computeEnv", "env1"));
  }

  @Test
  void a_rollback_needs_a_promotion_and_has_no_use_for_what_is_run() {
    json.put("rollbackTo", "2026.06");

    assertThat(problems())
        .extracting(Problem::place)
        .containsExactlyInAnyOrder("config", "image", "promote", "steps");

    List.of("config", "image", "steps").forEach(json::remove);
    json.put("promote", List.of(Map.of("to", "prod", "parent", "syn1")));

    assertThat(problems()).isEmpty();
  }

  @Test
  void a_request_without_an_image_or_steps_is_no_release() {
    json.remove("image");
    json.remove("steps");

    assertThat(problems()).extracting(Problem::place).containsExactlyInAnyOrder("image", "steps");
  }

  @Test
  void steps_that_need_each_other_in_a_circle_are_named() {
    steps.get(0).put("needs", List.of("release"));

    assertThat(problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.text()).contains("process, release"));
  }

  @Test
  void a_step_that_nothing_has_and_a_name_that_stands_twice_are_named() {
    steps.get(1).put("needs", List.of("proces"));
    steps.get(1).put("name", "process");

    assertThat(problems())
        .extracting(Problem::place)
        .containsExactlyInAnyOrder("steps[1].name", "steps[1].needs");
  }

  @Test
  void items_that_stand_twice_or_that_nothing_has_are_told() {
    steps.get(0).put("items", Map.of("fromConfig", "datasets[*].keys", "only", List.of("a", "d")));
    steps.get(0).put("resources", Map.of("overrides", Map.of("e", Map.of("memoryGb", 64))));
    Problems problems = new Problems();

    Map<String, List<String>> items =
        new StepItems(problems)
            .of(read().steps(), Map.of("process", List.of("a", "b", "a", "c d")));

    assertThat(items.get("process")).containsExactly("a");
    assertThat(problems.all())
        .extracting(Problem::text)
        .anyMatch(text -> text.contains("\"a\" stands twice"))
        .anyMatch(text -> text.contains("\"c d\" is no name"))
        .anyMatch(text -> text.startsWith("d: no such item"))
        .anyMatch(text -> text.startsWith("e: no such item"));
  }

  @Test
  void the_key_names_project_environment_and_release() {
    assertThat(spec(IMAGE).businessKey()).isEqualTo("release-deploy/agora/preprod/2026.07");
  }

  @Test
  void another_image_is_another_effect_and_another_pace_is_not() {
    String before = spec(IMAGE).digest().value();
    steps.get(0).put("maxParallel", 2);
    json.put("reason", "a ticket");

    assertThat(spec(IMAGE).digest().value()).isEqualTo(before);
    assertThat(spec(IMAGE.replace("0f", "1f")).digest().value()).isNotEqualTo(before);
  }

  @Test
  void what_a_generation_did_counts_for_the_next_one_only_if_it_is_the_same_work() {
    ReleaseSpec spec = spec(IMAGE);
    StepRequest process = spec.request().steps().get(0);
    EarlierItems earlier =
        EarlierItems.read(
            spec,
            Map.of("process " + spec.effectOf(process, "").value(), List.of("genes", "scores")));

    assertThat(earlier.succeeded(process, "genes")).isTrue();
    assertThat(earlier.succeeded(process, "rna")).isFalse();
    ReleaseSpec other = spec(IMAGE.replace("0f", "1f"));
    assertThat(
            EarlierItems.read(
                    other,
                    Map.of("process " + spec.effectOf(process, "").value(), List.of("genes")))
                .succeeded(process, "genes"))
        .isFalse();
  }

  @Test
  void what_was_done_counts_wherever_the_worker_finds_its_secrets() {
    json.put("secrets", Map.of("TOKEN", "env:OLD"));
    ReleaseSpec spec = spec(IMAGE);
    StepRequest process = spec.request().steps().get(0);
    Map<String, Object> noted =
        Map.of("process " + spec.workOf(process).value(), List.of("genes", "scores"));

    json.put("secrets", Map.of("TOKEN", "env:NEW"));
    assertThat(EarlierItems.read(spec(IMAGE), noted).succeeded(process, "genes")).isTrue();
    json.put("secrets", Map.of("OTHER", "env:OLD"));
    assertThat(EarlierItems.read(spec(IMAGE), noted).succeeded(process, "genes")).isFalse();
  }

  private ReleaseSpec spec(String image) {
    ReleaseRequest request = read();
    return new ReleaseSpec(
        request,
        image,
        request.executor(),
        Optional.of(new ConfigFile("default", "syn://syn1.2", "ab")),
        Map.of("process", List.of("genes", "scores")),
        Optional.empty(),
        List.of());
  }

  private ReleaseRequest read() {
    return new Reading().read(json, ReleaseRequest::read);
  }

  private List<Problem> problems() {
    Reading reading = new Reading();
    reading.read(json, ReleaseRequest::read);
    return reading.problems();
  }
}
