package io.towpath.activities.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.sandbox.control.Fault;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftedTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.StoppedTasks;
import io.towpath.workflows.sevenbridges.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
class TaskStopperIT {
  private static final Claim OTHER = new Claim("cavatica-drs/ann/lab/syn2.1/tool", 1, 1);

  @AutoClose private static final SevenBridgesSandbox SANDBOX = new SevenBridgesSandbox();
  private final TaskScene scene = new TaskScene(SANDBOX);

  @Test
  void what_runs_is_aborted_drafts_are_deleted_and_others_tasks_stay() {
    String theirs = SANDBOX.seed.task(scene.project, scene.app, "tool - s1", "DRAFT");
    DraftTasks request = scene.request("s1", "s2", "s3");
    DraftedTasks drafted = begun(request, 2);

    StoppedTasks stopped = stop(request, drafted, false);

    assertThat(stopped).isEqualTo(new StoppedTasks(2, 1, 0));
    List<TaskState> lines = scene.lines(drafted.tasks());
    assertThat(scene.task(lines.get(0).taskId()).status()).isEqualTo("ABORTED");
    assertThat(scene.task(lines.get(1).taskId()).status()).isEqualTo("ABORTED");
    assertThat(scene.exists(lines.get(2).taskId())).isFalse();
    assertThat(scene.exists(theirs)).isTrue();
  }

  @Test
  void stopping_again_changes_nothing_and_reports_what_was_aborted() {
    DraftTasks request = scene.request("s1", "s2");
    DraftedTasks drafted = begun(request, 2);
    stop(request, drafted, false);
    scene.forget();

    assertThat(stop(request, drafted, false).aborted()).isEqualTo(2);
    assertThat(SANDBOX.effects()).isEmpty();
  }

  @Test
  void tasks_whose_ids_never_came_back_are_found_by_their_keys() {
    DraftTasks request = scene.request("s1", "s2");
    begun(request, 1);

    StoppedTasks stopped =
        whilePassing(() -> scene.activities.stopTasks(request, Optional.empty(), false));

    assertThat(stopped).isEqualTo(new StoppedTasks(1, 1, 0));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {
        "DROP_BEFORE_COMMIT",
        "DROP_AFTER_COMMIT",
        "LATE_COMMIT",
        "STATUS",
        "STATUS_AFTER_COMMIT",
        "TRUNCATE"
      })
  void an_abort_whose_answer_is_lost_or_unclear_aborts_once(Fault.Kind kind) {
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = begun(request, 1);
    SANDBOX.strike(TaskScene.ABORT, 1, SevenBridgesSandbox.fault(kind));

    assertThat(stop(request, drafted, false).aborted()).isEqualTo(1);
    assertThat(SANDBOX.effects(TaskScene.ABORT)).hasSize(1);
  }

  @Test
  void a_task_that_ends_before_it_is_aborted_stays_completed() {
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    scene.activities.runTasks(scene.page(request, drafted));
    SANDBOX.afterNext("POST", "/bulk/tasks/get", () -> SANDBOX.time.pass(Duration.ofSeconds(5)));

    assertThat(stop(request, drafted, false)).isEqualTo(new StoppedTasks(0, 0, 0));
    assertThat(scene.task(scene.line(drafted).taskId()).status()).isEqualTo("COMPLETED");
  }

  @Test
  void a_draft_that_somebody_runs_before_it_is_deleted_is_aborted() {
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    String id = scene.line(drafted).taskId();
    scene.plan("s1", 1, "RUNNING");
    SANDBOX.afterNext("GET", "/tasks", () -> scene.tasksClient().runTask(id));

    assertThat(stop(request, drafted, false)).isEqualTo(new StoppedTasks(1, 0, 0));
    assertThat(scene.task(id).status()).isEqualTo("ABORTED");
  }

  @Test
  void a_task_that_another_open_claim_names_is_left_and_counted() {
    DraftTasks request = scene.request("s1", "s2");
    DraftedTasks drafted = begun(request, 2);
    scene.wantedByOthers.add(scene.line(drafted).key());

    assertThat(stop(request, drafted, false)).isEqualTo(new StoppedTasks(1, 0, 1));
    assertThat(scene.task(scene.line(drafted).taskId()).status()).isEqualTo("RUNNING");
  }

  @Test
  void a_task_that_another_claim_made_is_left_and_counted() {
    DraftTasks there = scene.request(OTHER, TaskScene.OPTIONS, List.of(scene.line("s1")));
    begun(there, 1);
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);

    assertThat(stop(request, drafted, false)).isEqualTo(new StoppedTasks(0, 0, 1));
    assertThat(SANDBOX.effects(TaskScene.ABORT)).isEmpty();
  }

  @Test
  void the_same_sheet_in_another_scope_is_not_touched() {
    DraftTasks request = scene.request("s1");
    DraftTasks elsewhere =
        new DraftTasks(
            request.claim(),
            request.connection(),
            "other-ledger/" + request.scope(),
            request.project(),
            request.app(),
            request.inputs(),
            request.options(),
            false,
            request.result().resolve("elsewhere/"));
    DraftedTasks theirs = scene.activities.ensureDrafts(elsewhere);
    DraftedTasks drafted = scene.activities.ensureDrafts(request);

    stop(request, drafted, false);

    assertThat(scene.exists(scene.line(theirs).taskId())).isTrue();
    assertThat(scene.exists(scene.line(drafted).taskId())).isFalse();
  }

  @Test
  void a_draft_that_comes_late_is_looked_for_and_deleted() {
    DraftTasks request = scene.request("s1");
    SANDBOX.strike(
        TaskScene.CREATE,
        1,
        new Fault(Fault.Kind.LATE_COMMIT, 400, 0, 503, Map.of(), Optional.empty(), ""));
    TaskAttempt attempt = new TaskAttempt(WantedTask.of(request, scene.line("s1")), 1, 1, false);
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.tasksClient().createDraft(attempt.draft()));

    TaskStopper stopper = new TaskStopper(scene.tools(Duration.ofMillis(300)), request);
    StoppedTasks stopped = stopper.stop(Optional.empty(), true);

    assertThat(stopped.deletedDrafts()).isEqualTo(1);
    assertThat(scene.tasks()).isEmpty();
  }

  @Test
  void strays_are_deleted_and_the_tasks_of_the_sheet_stay() {
    DraftTasks request = scene.request("s1", "s2");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    TaskAttempt attempt = new TaskAttempt(WantedTask.of(request, scene.line("s1")), 1, 1, false);
    SANDBOX.time.pass(Duration.ofSeconds(1));
    String stray = scene.draft(attempt.draft());
    String next = scene.draft(new TaskAttempt(attempt.task(), 2, 1, true).draft());
    String persons = scene.draft(attempt.draft().put("name", "my own try"));

    assertThat(scene.activities.deleteStrayDrafts(request, drafted.tasks())).isEqualTo(2);

    assertThat(scene.exists(stray)).isFalse();
    assertThat(scene.exists(next)).isFalse();
    assertThat(scene.exists(persons)).isTrue();
    assertThat(scene.lines(drafted.tasks())).allMatch(line -> scene.exists(line.taskId()));
    assertThat(scene.activities.deleteStrayDrafts(request, drafted.tasks())).isZero();
  }

  @Test
  void a_lost_claim_stops_nothing() {
    DraftTasks request = scene.request("s1");
    DraftedTasks drafted = begun(request, 1);
    scene.forget();
    scene.ledger.loseClaim();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.activities.stopTasks(request, Optional.of(drafted.tasks()), false))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CLAIM_LOST));
    assertThat(SANDBOX.effects()).isEmpty();
  }

  /** Drafts of which so many run for an hour. */
  private DraftedTasks begun(DraftTasks request, int running) {
    scene.plan("tool", running, "RUNNING");
    DraftedTasks drafted = scene.activities.ensureDrafts(request);
    scene.activities.runTasks(scene.page(request, drafted, running));
    return drafted;
  }

  private StoppedTasks stop(DraftTasks request, DraftedTasks drafted, boolean unclear) {
    return whilePassing(
        () -> scene.activities.stopTasks(request, Optional.of(drafted.tasks()), unclear));
  }

  /** Lets the stand-in's time go on while something waits for an end. */
  private StoppedTasks whilePassing(java.util.function.Supplier<StoppedTasks> work) {
    SANDBOX.time.fly(true);
    return work.get();
  }
}
