package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code towpath schedules} against a real server, which alone has schedules. */
@Tag("devserver")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SchedulesIT {
  @TempDir Path folder;
  private ScheduleScene scene;
  private CommandLine towpath;

  @BeforeEach
  void start() throws IOException {
    scene = new ScheduleScene(folder);
    towpath = new CommandLine(scene.server.address());
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void a_file_is_applied_once_and_what_differs_is_updated() throws IOException {
    Map<String, Object> inbox = scan("inbox", "PT24H");
    Path file = file(Map.of("inbox", inbox, "other", scan("other", "PT12H")));

    assertThat(run("diff", file)).contains("+ inbox", "+ other");
    assertThat(count()).isZero();
    assertThat(run("apply", file)).contains("+ inbox", "+ other");
    assertThat(run("apply", file)).contains("= inbox", "= other");

    scene.schedules.getHandle("inbox").pause("looked at by a person");
    inbox.put("every", "PT6H");
    Path changed = file(Map.of("inbox", inbox));

    assertThat(run("diff", changed))
        .contains("~ inbox", "every: \"PT24H\" -> \"PT6H\"", "(paused)", "- other");
    assertThat(run("apply", changed)).contains("~ inbox", "- other");

    ScheduleDescription now = scene.schedules.getHandle("inbox").describe();
    assertThat(now.getSchedule().getSpec().getIntervals())
        .extracting(interval -> interval.getEvery())
        .containsExactly(Duration.ofHours(6));
    assertThat(now.getSchedule().getState().isPaused()).as("people paused it").isTrue();
    assertThat(now.getSchedule().getState().getNote()).isEqualTo("looked at by a person");
    assertThat(run("apply", changed)).contains("= inbox");
  }

  @Test
  void prune_deletes_what_is_no_longer_in_the_file_and_nothing_of_others() throws IOException {
    run("apply", file(Map.of("inbox", scan("inbox", "PT24H"), "old", scan("old", "PT24H"))));
    TemporalCommand.run(
        scene.server.address(),
        List.of(
            "schedule",
            "create",
            "--schedule-id",
            "by-hand",
            "--type",
            "manifest-scan",
            "--task-queue",
            "towpath",
            "--workflow-id",
            "by-hand",
            "--interval",
            "1d",
            "--input",
            "{}"));
    Path file = file(Map.of("inbox", scan("inbox", "PT24H")));

    assertThat(run("prune", file)).contains("- old").doesNotContain("by-hand", "inbox");

    assertThat(run("prune", file)).isEqualTo("nothing to delete");
    assertThat(count()).isEqualTo(2);
    CommandLine.Result taken =
        towpath.run(
            "schedules", "apply", "-f", file(Map.of("by-hand", scan("x", "PT1H"))).toString());
    assertThat(taken.exitCode()).isEqualTo(2);
    assertThat(taken.err()).contains("by-hand").contains("nothing was changed");
  }

  @Test
  void another_payload_key_is_a_difference_and_the_old_one_is_not_needed_after()
      throws IOException {
    String old = "old=file:" + key("old.key", 1);
    String rotated = "new=file:" + key("new.key", 2);
    Path file = file(Map.of("inbox", scan("inbox", "PT24H")));
    run(old, "apply", file);

    assertThat(run(rotated + "," + old, "diff", file)).contains("payload key: \"old\" -> \"new\"");
    run(rotated + "," + old, "apply", file);

    assertThat(run(rotated, "apply", file)).contains("= inbox");
    assertThat(run(rotated, "prune", file(Map.of()))).contains("- inbox");
  }

  @Test
  void two_that_apply_one_file_at_once_leave_one_schedule_each() throws Exception {
    Path file = file(Map.of("a", scan("a", "PT24H"), "b", scan("b", "PT24H")));

    CompletableFuture<CommandLine.Result> other =
        CompletableFuture.supplyAsync(
            () -> towpath.run("schedules", "apply", "-f", file.toString()));
    CommandLine.Result one = towpath.run("schedules", "apply", "-f", file.toString());

    assertThat(List.of(one, other.get()))
        .allSatisfy(result -> assertThat(result.err()).doesNotContain("mistake"));
    assertThat(run("apply", file)).contains("= a", "= b");
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void a_broken_file_changes_nothing() throws IOException {
    Map<String, Object> broken = scan("inbox", "PT24H");
    broken.put("cron", List.of("99 * * * *"));
    Path file = file(Map.of("fine", scan("fine", "PT24H"), "broken", broken));

    CommandLine.Result result = towpath.run("schedules", "apply", "-f", file.toString());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("schedules.broken.every").contains("schedules.broken.cron");
    assertThat(count()).isZero();
  }

  @Test
  void what_a_schedule_starts_does_a_manifest_once() throws IOException {
    String sheet = scene.scans.sheet("inbox", "one.csv");
    run("apply", file(Map.of("inbox", scan("inbox", "PT24H"))));
    ScheduleHandle schedule = scene.schedules.getHandle("inbox");
    try (TowpathWorker worker = scene.worker()) {
      schedule.trigger();
      JsonNode first = scene.report(schedule, 1);
      scene.scans.ended(first);
      schedule.trigger();
      JsonNode second = scene.report(schedule, 2);

      assertThat(worker.polls()).isTrue();
      assertThat(ScanScene.keys(first, "started"))
          .containsExactly(ScanScene.key(sheet, 1, "inbox"));
      assertThat(ScanScene.outcome(second)).isEqualTo("NOOP");
    }
  }

  private Map<String, Object> scan(String folder, String every) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("kind", "manifest-scan");
    entry.put("every", every);
    entry.put("request", scene.scans.request(folder));
    return entry;
  }

  private Path file(Map<String, Object> entries) throws IOException {
    Path file = Files.createTempFile(folder, "schedules", ".json");
    return Files.writeString(file, Stack.JSON.writeValueAsString(Map.of("schedules", entries)));
  }

  private Path key(String name, int filling) throws IOException {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) filling);
    return Files.writeString(folder.resolve(name), Base64.getEncoder().encodeToString(bytes));
  }

  private long count() {
    return scene.schedules.listSchedules().count();
  }

  private String run(String verb, Path file) {
    return run("", verb, file);
  }

  private String run(String keys, String verb, Path file) {
    CommandLine with =
        new CommandLine(scene.server.address(), Map.of("TOWPATH_PAYLOAD_KEYS", keys));
    CommandLine.Result result = with.run("schedules", verb, "-f", file.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out().strip();
  }
}
