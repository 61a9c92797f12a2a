package io.towpath.activities.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.sandbox.control.Fault;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.samples.TaskInputs;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftedTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.TaskOptions;
import io.towpath.workflows.sevenbridges.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class TaskDraftsIT {
  private static final Claim OTHER = new Claim("cavatica-drs/ann/lab/syn2.1/tool", 1, 1);

  @AutoClose private static final SevenBridgesSandbox SANDBOX = new SevenBridgesSandbox();
  private final TaskScene scene = new TaskScene(SANDBOX);

  @Test
  void a_draft_carries_its_key_and_its_claim_and_does_not_run() {
    DraftedTasks drafted = scene.activities.ensureDrafts(scene.request("s1"));

    TaskState line = scene.line(drafted);
    TaskRow task = scene.task(line.taskId());
    assertThat(task.name()).isEqualTo("tool - s1 [" + line.key() + "]");
    assertThat(task.mark())
        .contains(new TaskMark(line.key(), TaskScene.CLAIM.businessKey(), 1, 1, 1));
    assertThat(task.status()).isEqualTo("DRAFT");
    assertThat(task.app()).isEqualTo(scene.app);
    assertThat(line.ours()).isTrue();
    assertThat(line.cached()).isFalse();
    assertThat(drafted.created()).isEqualTo(1);
    assertThat(SANDBOX.effects()).hasSize(1);
  }

  @Test
  void a_name_whose_template_hides_the_key_gets_it_as_a_word_of_its_own() {
    TaskInputs line =
        new TaskInputs("s1", "x" + TaskInputs.OP_KEY + "y", scene.line("s1").inputs());
    TaskState drafted =
        scene.line(
            scene.activities.ensureDrafts(
                scene.request(TaskScene.CLAIM, TaskScene.OPTIONS, List.of(line))));

    assertThat(ProjectTasks.words(scene.task(drafted.taskId()).name()))
        .containsExactly(drafted.key().value());
  }

  @Test
  void inputs_get_key_and_id_before_anything_runs() {
    TaskInputs line =
        scene.line("s1", Map.of("base", TaskInputs.TASK_ID, "sample", "s-" + TaskInputs.OP_KEY));
    DraftTasks request = scene.request(TaskScene.CLAIM, TaskScene.OPTIONS, List.of(line));

    TaskState drafted = scene.line(scene.activities.ensureDrafts(request));

    var inputs = scene.task(drafted.taskId()).json().path("inputs");
    assertThat(inputs.path("base").asText()).isEqualTo(drafted.taskId());
    assertThat(inputs.path("sample").asText()).isEqualTo("s-" + drafted.key());
    assertThat(SANDBOX.effects()).hasSize(2);
  }

  @Test
  void a_crash_between_create_and_patch_is_healed() {
    TaskInputs line = scene.line("s1", Map.of("base", TaskInputs.TASK_ID));
    DraftTasks request = scene.request(TaskScene.CLAIM, TaskScene.OPTIONS, List.of(line));
    SANDBOX.strike(TaskScene.EDIT, 1, SevenBridgesSandbox.fault(Fault.Kind.DROP_BEFORE_COMMIT));
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.activities.ensureDrafts(request))
        .satisfies(e -> assertThat(e.kind().retryable()).isTrue());

    TaskState drafted = scene.line(scene.activities.ensureDrafts(request));

    assertThat(SANDBOX.effects(TaskScene.CREATE)).hasSize(1);
    assertThat(scene.task(drafted.taskId()).json().at("/inputs/base").asText())
        .isEqualTo(drafted.taskId());
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {"REFUSE", "DROP_AFTER_COMMIT", "LATE_COMMIT", "STATUS_AFTER_COMMIT", "TRUNCATE"})
  void inputs_that_were_written_with_a_lost_answer_are_right_in_the_end(Fault.Kind kind) {
    TaskInputs line = scene.line("s1", Map.of("base", TaskInputs.TASK_ID));
    DraftTasks request = scene.request(TaskScene.CLAIM, TaskScene.OPTIONS, List.of(line));
    SANDBOX.strike(TaskScene.EDIT, 1, SevenBridgesSandbox.fault(kind));
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.activities.ensureDrafts(request))
        .satisfies(e -> assertThat(e.kind().retryable()).isTrue());

    TaskState drafted = scene.line(scene.activities.ensureDrafts(request));

    assertThat(scene.tasks()).hasSize(1);
    assertThat(scene.task(drafted.taskId()).json().at("/inputs/base").asText())
        .isEqualTo(drafted.taskId());
  }

  @Test
  void a_draft_whose_inputs_somebody_changed_is_repaired() {
    DraftTasks request = scene.request("s1");
    String id = scene.line(scene.activities.ensureDrafts(request)).taskId();
    scene
        .tasksClient()
        .editDraft(id, SevenBridgesSandbox.object("{'inputs':{'sample':'another'}}"));

    assertThat(scene.line(scene.activities.ensureDrafts(request)).taskId()).isEqualTo(id);

    assertThat(scene.task(id).json().at("/inputs/sample").asText()).isEqualTo("s1");
  }

  @Test
  void a_task_on_a_later_page_is_found() {
    othersTasks(130);
    DraftTasks request = scene.request("s1");
    TaskState first = scene.line(scene.activities.ensureDrafts(request));
    othersTasks(130);
    scene.forget();

    DraftedTasks second = scene.activities.ensureDrafts(request);

    assertThat(scene.line(second).taskId()).isEqualTo(first.taskId());
    assertThat(SANDBOX.effects()).isEmpty();
    assertThat(SANDBOX.calls(TaskScene.LIST)).isEqualTo(3);
  }

  @Test
  void a_task_that_slips_over_the_border_of_pages_is_not_missed() {
    List<String> others = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      others.add(SANDBOX.seed.task(scene.project, scene.app, "other " + i, "DRAFT"));
      SANDBOX.time.pass(Duration.ofSeconds(1));
    }
    DraftTasks request = scene.request("s1");
    scene.activities.ensureDrafts(request);
    scene.forget();
    TasksClient client = scene.tasksClient();
    SANDBOX.afterNext("GET", "/tasks", () -> others.subList(0, 60).forEach(client::deleteTask));

    scene.activities.ensureDrafts(request);

    assertThat(SANDBOX.effects(TaskScene.DELETE)).hasSize(60);
    assertThat(SANDBOX.effects(TaskScene.CREATE)).isEmpty();
  }

  @Test
  void neither_a_longer_word_nor_another_app_nor_another_project_is_taken_for_our_task() {
    DraftTasks request = scene.request("s1");
    String key = WantedTask.of(request, scene.line("s1")).key(1).value();
    String other = SANDBOX.seed.app(scene.project, "other", TaskScene.tool()) + "/0";
    String elsewhere = SANDBOX.seed.project("elsewhere");
    String there = SANDBOX.seed.app(elsewhere, "tool", TaskScene.tool()) + "/0";
    List<String> theirs =
        List.of(
            SANDBOX.seed.task(scene.project, scene.app, "tool - s1 [" + key + "2]", "COMPLETED"),
            SANDBOX.seed.task(scene.project, scene.app, "tool - s1", "COMPLETED"),
            SANDBOX.seed.task(scene.project, scene.app, "tool - s1 [" + key + "]", "DRAFT"),
            SANDBOX.seed.task(scene.project, other, "tool - s1 [" + key + "]", "COMPLETED"),
            SANDBOX.seed.task(elsewhere, there, "tool - s1 [" + key + "]", "COMPLETED"));

    TaskState line = scene.line(scene.activities.ensureDrafts(request));

    assertThat(theirs).doesNotContain(line.taskId());
    assertThat(theirs).allMatch(scene::exists);
    assertThat(SANDBOX.effects()).hasSize(1);
  }

  @Test
  void a_finished_task_that_was_renamed_is_still_found() {
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    scene.runToEnd(request, drafted);
    String id = scene.line(drafted).taskId();
    scene.tasksClient().editDraft(id, SevenBridgesSandbox.object("{'name':'my favourite'}"));

    assertThat(scene.line(scene.activities.ensureDrafts(request)).taskId()).isEqualTo(id);
    assertThat(SANDBOX.effects(TaskScene.CREATE)).hasSize(1);
  }

  @Test
  void of_two_drafts_with_one_key_the_older_stays() {
    DraftTasks request = scene.request("s1");
    ObjectNode draft = scene.attempt(request, "s1").draft();
    String older = scene.draft(draft);
    SANDBOX.time.pass(Duration.ofSeconds(1));
    String younger = scene.draft(draft);

    DraftedTasks drafted = scene.activities.ensureDrafts(request);

    assertThat(scene.line(drafted).taskId()).isEqualTo(older);
    assertThat(scene.exists(younger)).isFalse();
    assertThat(drafted.doubles()).isEqualTo(1);
  }

  @Test
  void a_draft_that_a_person_cloned_and_renamed_is_left_alone() {
    DraftTasks request = scene.request("s1");
    ObjectNode draft = scene.attempt(request, "s1").draft();
    String ours = scene.draft(draft);
    SANDBOX.time.pass(Duration.ofSeconds(1));
    String clone = scene.draft(draft.deepCopy().put("name", "my own try"));

    assertThat(scene.line(scene.activities.ensureDrafts(request)).taskId()).isEqualTo(ours);
    assertThat(scene.exists(clone)).isTrue();
  }

  @Test
  void two_sheets_that_make_the_same_draft_at_once_agree_on_the_older() {
    DraftTasks here = scene.request("s1");
    DraftTasks there = scene.request(OTHER, TaskScene.OPTIONS, List.of(scene.line("s1")));
    ProjectTasks listedBefore = ProjectTasks.listed(scene.tools(Duration.ofMillis(300)), here, "");
    String older = scene.line(scene.activities.ensureDrafts(there)).taskId();
    SANDBOX.time.pass(Duration.ofSeconds(1));

    DraftMaker maker = new DraftMaker(scene.tools(Duration.ofMillis(300)), here, listedBefore);
    TaskRow chosen = maker.make(List.of(scene.attempt(here, "s1"))).get(0).row().orElseThrow();

    assertThat(chosen.id()).isEqualTo(older);
    assertThat(scene.tasks()).extracting(TaskRow::id).containsExactly(older);
    assertThat(scene.line(scene.activities.ensureDrafts(there)).taskId()).isEqualTo(older);
  }

  @Test
  void a_task_of_another_sheet_is_shared_and_not_ours() {
    DraftTasks there = scene.request(OTHER, TaskScene.OPTIONS, List.of(scene.line("s1")));
    TaskState theirs = scene.line(scene.activities.ensureDrafts(there));

    DraftedTasks drafted = scene.activities.ensureDrafts(scene.request("s1"));

    assertThat(scene.line(drafted).taskId()).isEqualTo(theirs.taskId());
    assertThat(scene.line(drafted).ours()).isFalse();
    assertThat(drafted.adopted()).isEqualTo(1);
  }

  @Test
  void what_the_platform_finds_wrong_is_told_of_all_samples_at_once() {
    DraftTasks request =
        scene.request(
            TaskScene.CLAIM,
            TaskScene.OPTIONS,
            List.of(
                scene.line("good"),
                scene.line("deep", Map.of("depth", "very")),
                scene.line("gone", Map.of("reads", List.of(file("0123456789abcdef01234567"))))));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.activities.ensureDrafts(request))
        .withMessageContaining("2 of 3")
        .withMessageContaining("deep: Input depth must be")
        .withMessageContaining("gone: Input reads: no File")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED));

    assertThat(scene.tasks()).hasSize(3).allMatch(TaskRow::draft);
  }

  @Test
  void a_finished_task_that_carries_our_key_with_other_inputs_is_neither_taken_nor_repeated() {
    DraftTasks request = scene.request("s1");
    ObjectNode draft = scene.attempt(request, "s1").draft();
    ((ObjectNode) draft.path("inputs")).put("sample", "another");
    scene.tasksClient().runTask(scene.draft(draft));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.activities.ensureDrafts(request))
        .withMessageContaining("has other inputs than were asked for: [sample]");
  }

  @Test
  void hundreds_of_samples_beside_the_tasks_of_others_cost_few_calls_and_touch_none_of_them() {
    othersTasks(400);
    Set<String> others = scene.tasks().stream().map(TaskRow::id).collect(Collectors.toSet());
    DraftTasks request = scene.request(samples(250));
    scene.forget();

    DraftedTasks drafted = scene.activities.ensureDrafts(request);

    List<TaskState> lines = scene.lines(drafted.tasks());
    assertThat(lines).hasSize(250).extracting(TaskState::taskId).doesNotHaveDuplicates();
    assertThat(lines).noneMatch(line -> others.contains(line.taskId()));
    assertThat(drafted.tasks().pageCount()).isEqualTo(1);
    assertThat(SANDBOX.effects()).hasSize(250);
    assertThat(SANDBOX.calls() - 250).isLessThanOrEqualTo((long) (0.3 * 250));

    scene.forget();
    scene.activities.ensureDrafts(request);
    assertThat(SANDBOX.effects()).isEmpty();
  }

  @Test
  void a_sample_that_changed_gets_a_task_of_its_own_and_the_others_none() {
    scene.activities.ensureDrafts(scene.request("s1", "s2", "s3"));
    scene.forget();

    DraftTasks changed =
        scene.request(
            OTHER,
            TaskScene.OPTIONS,
            List.of(scene.line("s1"), scene.line("s2", Map.of("depth", 5)), scene.line("s3")));
    DraftedTasks drafted = scene.activities.ensureDrafts(changed);

    assertThat(drafted.created()).isEqualTo(1);
    assertThat(SANDBOX.effects(TaskScene.CREATE)).hasSize(1);
  }

  @Test
  void a_finished_task_is_reused_and_done_again_only_where_that_is_wanted() {
    DraftTasks request = scene.request("s1");
    DraftedTasks first = scene.activities.ensureDrafts(request);
    scene.runToEnd(request, first);
    DraftTasks sameSheet = scene.request(OTHER, TaskScene.OPTIONS, List.of(scene.line("s1")));

    TaskState reused = scene.line(scene.activities.ensureDrafts(sameSheet));
    assertThat(reused.cached()).isTrue();
    assertThat(reused.taskId()).isEqualTo(scene.line(first).taskId());

    DraftTasks again = TaskScene.again(request);
    TaskState anew = scene.line(scene.activities.ensureDrafts(again));
    assertThat(anew.attempt()).isEqualTo(2);
    assertThat(anew.cached()).isFalse();
    assertThat(scene.line(scene.activities.ensureDrafts(again)).taskId()).isEqualTo(anew.taskId());
  }

  @Test
  void a_task_that_failed_in_an_earlier_generation_gets_a_memoized_attempt() {
    DraftTasks request =
        scene.request(
            TaskScene.CLAIM, new TaskOptions(false, false, 0, true), List.of(scene.line("s1")));
    scene.plan("s1", 1, "FAILED");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    scene.runToEnd(request, drafted);

    assertThat(scene.line(scene.activities.ensureDrafts(request)).status()).isEqualTo("FAILED");
    TaskState next = scene.line(scene.activities.ensureDrafts(TaskScene.again(request)));

    assertThat(next.attempt()).isEqualTo(2);
    assertThat(next.firstAttempt()).isEqualTo(2);
    assertThat(
            scene.task(next.taskId()).json().at("/execution_settings/use_memoization").asBoolean())
        .isTrue();
  }

  @Test
  void an_attempt_is_found_although_the_one_before_it_lost_its_key() {
    DraftTasks request = scene.request("s1");
    DraftedTasks first = scene.activities.ensureDrafts(request);
    scene.runToEnd(request, first);
    DraftTasks again = TaskScene.again(request);
    DraftedTasks second = scene.activities.ensureDrafts(again);
    scene.runToEnd(again, second);
    TaskState done = scene.line(second);
    scene
        .tasksClient()
        .editDraft(
            scene.tasks().get(0).id(),
            SevenBridgesSandbox.object("{'name':'an old try','description':'mine'}"));

    DraftTasks there = scene.request(OTHER, TaskScene.OPTIONS, List.of(scene.line("s1")));
    assertThat(scene.line(scene.activities.ensureDrafts(there)).taskId()).isEqualTo(done.taskId());
    assertThat(SANDBOX.effects(TaskScene.CREATE)).hasSize(2);
  }

  @Test
  void nothing_is_made_for_a_claim_that_is_lost() {
    DraftTasks request = scene.request("s1");
    scene.ledger.loseClaim();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.activities.ensureDrafts(request))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CLAIM_LOST));
    assertThat(SANDBOX.effects()).isEmpty();
  }

  private void othersTasks(int count) {
    for (int i = 0; i < count; i++) {
      SANDBOX.seed.task(scene.project, scene.app, "tool - s" + i % 9, "COMPLETED");
    }
  }

  private static String[] samples(int count) {
    String[] samples = new String[count];
    for (int i = 0; i < count; i++) {
      samples[i] = "s" + i;
    }
    return samples;
  }

  private static Map<String, String> file(String id) {
    return Map.of("class", "File", "path", id);
  }
}
