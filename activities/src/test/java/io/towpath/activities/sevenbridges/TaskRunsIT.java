package io.towpath.activities.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.sandbox.control.Fault;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftedTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.RunPage;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.TaskOptions;
import io.towpath.workflows.sevenbridges.TaskCounts;
import io.towpath.workflows.sevenbridges.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class TaskRunsIT {
  private static final String MAINTENANCE = "{'status':503,'code':0,'message':'Maintenance'}";

  @AutoClose private static final SevenBridgesSandbox SANDBOX = new SevenBridgesSandbox();
  private final TaskScene scene = new TaskScene(SANDBOX);

  @Test
  void every_draft_is_run_once_and_awaited_with_two_calls_that_change_something() {
    DraftTasks request = scene.request("s1", "s2", "s3");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);

    TaskCounts counts = scene.runToEnd(request, drafted);

    assertThat(counts.completed()).isEqualTo(3);
    assertThat(counts.cached()).isZero();
    assertThat(counts.cost()).isEqualTo(0.15);
    assertThat(counts.currency()).isEqualTo("USD");
    assertThat(SANDBOX.effects()).hasSize(6);
    assertThat(scene.lines(drafted.tasks())).allMatch(line -> line.status().equals("COMPLETED"));
  }

  @Test
  void a_turn_asks_for_all_in_one_call() {
    DraftTasks request = scene.request(samples(100));
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    scene.forget();

    scene.activities.runTasks(scene.page(request, drafted));

    assertThat(SANDBOX.effects(TaskScene.RUN)).hasSize(100);
    assertThat(SANDBOX.calls() - 100).isEqualTo(1);
  }

  @Test
  void no_more_run_at_once_than_may() {
    DraftTasks request = scene.request(samples(7));
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    RunPage page = scene.page(request, drafted, 3);

    TaskCounts counts = scene.activities.runTasks(page);

    assertThat(counts.running()).isEqualTo(3);
    assertThat(counts.waiting()).isEqualTo(4);
    assertThat(SANDBOX.effects(TaskScene.RUN)).hasSize(3);
    assertThat(stillRunning(with(page, counts))).hasMessageContaining("3 tasks run, 4 wait");
    assertThat(SANDBOX.effects(TaskScene.RUN)).hasSize(3);
    assertThat(scene.runToEnd(page).completed()).isEqualTo(7);
    assertThat(SANDBOX.effects(TaskScene.RUN)).hasSize(7);
  }

  @Test
  void counts_are_news_when_a_quarter_of_the_page_moved() {
    DraftTasks request = scene.request(samples(8));
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    scene.plan("s[2-7] ", 6, "RUNNING");
    RunPage page = scene.page(request, drafted);
    TaskCounts counts = scene.activities.runTasks(page);
    stillRunning(with(page, counts));
    SANDBOX.time.pass(Duration.ofSeconds(2));

    assertThat(scene.news(with(page, counts)).completed()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {
        "REFUSE",
        "DROP_BEFORE_COMMIT",
        "DROP_AFTER_COMMIT",
        "LATE_COMMIT",
        "STATUS",
        "STATUS_AFTER_COMMIT",
        "TRUNCATE",
        "HTML"
      })
  void a_run_whose_answer_is_lost_or_unclear_runs_once(Fault.Kind kind) {
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    SANDBOX.strike(TaskScene.RUN, 1, SevenBridgesSandbox.fault(kind));

    TaskCounts counts = scene.runToEnd(request, drafted);

    assertThat(counts.completed()).isEqualTo(1);
    assertThat(counts.reruns()).isZero();
    assertThat(SANDBOX.effects(TaskScene.RUN)).hasSize(1);
    assertThat(SANDBOX.effects(TaskScene.CREATE)).hasSize(1);
  }

  @Test
  void a_task_that_runs_already_is_not_run_again() {
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    scene.tasksClient().runTask(scene.line(drafted).taskId());
    scene.forget();

    assertThat(scene.runToEnd(request, drafted).completed()).isEqualTo(1);
    assertThat(SANDBOX.sent(TaskScene.RUN)).isEmpty();
  }

  @Test
  void a_task_that_somebody_runs_between_look_and_run_counts_as_running() {
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    String id = scene.line(drafted).taskId();
    SANDBOX.afterNext("POST", "/bulk/tasks/get", () -> scene.tasksClient().runTask(id));

    TaskCounts counts = scene.activities.runTasks(scene.page(request, drafted));

    assertThat(counts.running()).isEqualTo(1);
    assertThat(counts.attention()).isEmpty();
    assertThat(SANDBOX.effects(TaskScene.RUN)).hasSize(1);
    assertThat(SANDBOX.sent(TaskScene.RUN)).hasSize(2);
  }

  @Test
  void a_draft_that_cannot_be_run_fails_with_the_platforms_words_and_the_others_go_on() {
    DraftTasks request = scene.request("s1", "s2");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    scene
        .tasksClient()
        .editDraft(
            scene.line(drafted).taskId(),
            SevenBridgesSandbox.object("{'inputs':{'depth':'very'}}"));

    TaskCounts counts = scene.runToEnd(request, drafted);

    assertThat(counts.failed()).isEqualTo(1);
    assertThat(counts.completed()).isEqualTo(1);
    assertThat(scene.line(drafted).problem().orElseThrow())
        .contains("Input depth must be")
        .contains("7024");
  }

  @Test
  void a_failed_task_gets_one_new_attempt_with_memoization() {
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    String failed = scene.line(drafted).taskId();
    scene.plan("s1", 1, "RUNNING", "FAILED");

    TaskCounts counts = scene.runToEnd(request, drafted);

    TaskState line = scene.line(drafted);
    assertThat(counts.completed()).isEqualTo(1);
    assertThat(counts.reruns()).isEqualTo(1);
    assertThat(counts.cost()).isEqualTo(0.10);
    assertThat(line.attempt()).isEqualTo(2);
    assertThat(line.failedIds()).containsExactly(failed);
    assertThat(line.problem()).isEmpty();
    assertThat(line.taskId()).isNotEqualTo(failed);
    TaskRow second = scene.task(line.taskId());
    assertThat(second.mark().orElseThrow().attempt()).isEqualTo(2);
    assertThat(second.json().at("/execution_settings/use_memoization").asBoolean()).isTrue();
    assertThat(SANDBOX.effects()).hasSize(4);
  }

  @Test
  void a_task_that_fails_again_and_again_fails() {
    DraftTasks request = scene.request("s1", "s2");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    scene.plan("s1", 9, "FAILED");

    TaskCounts counts = scene.runToEnd(request, drafted);

    assertThat(counts.failed()).isEqualTo(1);
    assertThat(counts.completed()).isEqualTo(1);
    assertThat(scene.line(drafted).problem()).contains("Failed");
    assertThat(SANDBOX.effects(TaskScene.CREATE)).hasSize(3);
    assertThat(scene.line(scene.activities.ensureDrafts(request)).attempt()).isEqualTo(2);
    assertThat(SANDBOX.effects(TaskScene.CREATE)).hasSize(3);
  }

  @Test
  void a_worker_that_dies_between_the_new_attempt_and_its_note_makes_no_second_one() {
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    scene.plan("s1", 1, "FAILED");
    RunPage page = scene.page(request, drafted);
    scene.activities.runTasks(page);
    SANDBOX.time.pass(Duration.ofSeconds(1));
    SANDBOX.afterNext(
        "POST",
        "/v2/tasks",
        () -> SANDBOX.s3.strike("PUT object", 9, "tasks/", Fault.Kind.STATUS, 403));
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.activities.runTasks(page));
    assertThat(scene.line(drafted).attempt()).isEqualTo(1);
    SANDBOX.s3.spare();
    scene.memory.forget();

    assertThat(scene.runToEnd(request, drafted).completed()).isEqualTo(1);
    assertThat(SANDBOX.effects(TaskScene.CREATE)).hasSize(2);
    assertThat(scene.line(drafted).attempt()).isEqualTo(2);
  }

  @Test
  void a_new_holder_of_the_generation_counts_the_attempts_that_were_made() {
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    scene.plan("s1", 2, "FAILED");
    scene.runToEnd(request, drafted);
    TaskState before = scene.line(drafted);

    DraftedTasks taken = scene.activities.ensureDrafts(request);

    assertThat(scene.line(taken).attempt()).isEqualTo(before.attempt());
    assertThat(scene.line(taken).firstAttempt()).isEqualTo(1);
    assertThat(scene.line(taken).failedIds()).isEqualTo(before.failedIds());
    assertThat(scene.runToEnd(request, taken).failed()).isEqualTo(1);
    assertThat(SANDBOX.effects(TaskScene.CREATE)).hasSize(2);
  }

  @Test
  void after_a_failure_no_draft_is_run_where_the_request_says_so() {
    TaskOptions stop = new TaskOptions(true, false, 0, false);
    DraftTasks request =
        scene.request(
            TaskScene.CLAIM, stop, List.of(scene.line("s1"), scene.line("s2"), scene.line("s3")));
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    scene.plan("s1", 1, "FAILED");
    RunPage page = scene.page(request, drafted, 1);
    scene.activities.runTasks(page);
    SANDBOX.time.pass(Duration.ofSeconds(1));

    TaskCounts counts = scene.activities.runTasks(page);

    assertThat(counts.failed()).isEqualTo(1);
    assertThat(counts.waiting()).isEqualTo(2);
    assertThat(counts.running()).isZero();
    assertThat(scene.activities.runTasks(with(page, counts))).isEqualTo(counts);
    assertThat(SANDBOX.effects(TaskScene.RUN)).hasSize(1);
  }

  @Test
  void a_word_that_is_not_known_is_no_end() {
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    scene.plan("s1", 1, "HIBERNATING", "COMPLETED");

    TaskCounts counts = scene.activities.runTasks(scene.page(request, drafted));
    assertThat(counts.running()).isEqualTo(1);
    assertThat(scene.runToEnd(request, drafted).completed()).isEqualTo(1);
  }

  @Test
  void a_draft_that_is_gone_is_made_again_under_its_key() {
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    TaskState before = scene.line(drafted);
    scene.tasksClient().deleteTask(before.taskId());

    assertThat(scene.runToEnd(request, drafted).completed()).isEqualTo(1);
    assertThat(scene.line(drafted).key()).isEqualTo(before.key());
    assertThat(scene.line(drafted).taskId()).isNotEqualTo(before.taskId());
  }

  @Test
  void an_outage_fails_nothing_and_shows_when_it_lasts() {
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    scene.plan("s1", 1, "RUNNING");
    RunPage page = scene.page(request, drafted);
    TaskCounts running = scene.activities.runTasks(page);
    SANDBOX.strike(TaskScene.BULK, 1_000, TaskScene.status(500, "{}"));

    for (int i = 0; i < 4; i++) {
      stillRunning(with(page, running));
    }
    TaskCounts shown = scene.activities.runTasks(with(page, running));
    assertThat(shown.attention().orElseThrow()).startsWith("cannot be asked").contains("500");
    assertThat(shown.running()).isEqualTo(1);
    stillRunning(with(page, shown));

    SANDBOX.forget();
    assertThat(scene.activities.runTasks(with(page, shown)).attention()).isEmpty();
  }

  @Test
  void maintenance_is_waited_out_for_as_long_as_the_platform_wants() {
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    SANDBOX.strike(TaskScene.BULK, 1, TaskScene.status(503, MAINTENANCE));
    RunPage page =
        with(
            scene.page(request, drafted),
            new TaskCounts(0, 0, 0, 1, 0, 0, 0, "", Optional.empty()));

    assertThat(stillRunning(page).retryAfter()).contains(Duration.ofMinutes(5));
  }

  @Test
  void without_progress_for_a_day_somebody_should_look() {
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    scene.plan("s1", 1, "RUNNING");
    RunPage page = scene.page(request, drafted);
    TaskRuns runs = new TaskRuns(scene.tools(Duration.ofMillis(300)), SANDBOX.time);
    TaskCounts running = runs.run(page);
    SANDBOX.time.pass(Duration.ofHours(23));
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> runs.run(with(page, running)));
    SANDBOX.time.pass(Duration.ofHours(2));

    TaskCounts stalled = runs.run(with(page, running));
    assertThat(stalled.attention().orElseThrow()).startsWith("make no progress");

    scene.memory.forget();
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> runs.run(with(page, stalled)));
  }

  @Test
  void a_lost_claim_runs_nothing() {
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    scene.ledger.loseClaim();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.activities.runTasks(scene.page(request, drafted)))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CLAIM_LOST));
    assertThat(SANDBOX.sent(TaskScene.RUN)).isEmpty();
  }

  private PlatformException stillRunning(RunPage page) {
    PlatformException[] thrown = new PlatformException[1];
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.activities.runTasks(page))
        .satisfies(
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.STILL_RUNNING);
              assertThat(e.retryAfter().orElseThrow()).isPositive();
              thrown[0] = e;
            });
    return thrown[0];
  }

  private static RunPage with(RunPage page, TaskCounts known) {
    return new RunPage(
        page.request(), page.tasks(), page.page(), page.atOnce(), known, page.news());
  }

  private static String[] samples(int count) {
    String[] samples = new String[count];
    for (int i = 0; i < count; i++) {
      samples[i] = "s" + i;
    }
    return samples;
  }
}
