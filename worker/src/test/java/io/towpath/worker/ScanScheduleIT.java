package io.towpath.worker;

import static io.towpath.worker.ScanScene.key;
import static io.towpath.worker.ScanScene.keys;
import static io.towpath.worker.ScanScene.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.scan.ManifestScanWorkflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scans by a real Temporal Schedule, which only a real server has. */
@Tag("devserver")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScanScheduleIT {
  @TempDir Path folder;
  private ScheduleScene scene;

  @BeforeEach
  void start() throws IOException {
    scene = new ScheduleScene(folder);
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void a_schedule_triggered_while_a_scan_runs_starts_each_manifest_once_and_refuses_once() {
    String one = scene.scans.sheet("inbox", "one.csv");
    String two = scene.scans.sheet("inbox", "two.csv");
    String broken = scene.scans.sheet("inbox", "broken.csv", "syn1999999999");
    ScheduleHandle schedule =
        scene.schedules.createSchedule(
            "inbox", everyDay("inbox"), ScheduleOptions.newBuilder().build());

    schedule.trigger();
    ScheduleScene.await(schedule, info -> info.getRunningActions().size() == 1);
    skips(schedule, 1);
    skips(schedule, 2);

    try (TowpathWorker worker = scene.worker()) {
      JsonNode first = scene.report(schedule, 1);
      scene.scans.ended(first);
      schedule.trigger();
      JsonNode second = scene.report(schedule, 2);

      assertThat(worker.polls()).isTrue();
      assertThat(keys(first, "started"))
          .containsExactly(key(one, 1, "inbox"), key(two, 1, "inbox"));
      assertThat(keys(first, "refused")).containsExactly(key(broken, 1, "inbox"));
      assertThat(outcome(second)).isEqualTo("NOOP");
      assertThat(second.path("refused")).isEmpty();
      assertThat(second.path("alreadyRefused").asInt()).isEqualTo(1);
      assertThat(scene.scans.refusals(key(broken, 1, "inbox"))).isEqualTo(1);
      assertThat(scene.scans.launches("inbox-")).hasSize(2);
      assertThat(schedule.describe().getInfo().getNumActions()).isEqualTo(2);
    }
  }

  @Test
  void the_documented_line_makes_a_schedule_that_skips_what_overlaps() throws IOException {
    String sheet = scene.scans.sheet("documented", "sheet.csv");
    Path request = folder.resolve("scan.json");
    Files.writeString(request, Stack.JSON.writeValueAsString(scene.scans.request("documented")));

    TemporalCommand.run(scene.server.address(), documentedLine(request));

    ScheduleHandle schedule = scene.schedules.getHandle("rnaseq-inbox");
    ScheduleDescription made = schedule.describe();
    assertThat(Objects.requireNonNull(made.getSchedule().getPolicy()).getOverlap())
        .isEqualTo(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP);
    assertThat(made.getSchedule().getPolicy().getCatchupWindow()).isEqualTo(Duration.ofMinutes(10));
    try (TowpathWorker worker = scene.worker()) {
      schedule.trigger();
      JsonNode report = scene.report(schedule, 1);
      scene.scans.ended(report);

      assertThat(worker.polls()).isTrue();
      assertThat(keys(report, "started")).containsExactly(key(sheet, 1, "documented"));
    }
  }

  /** The page's line with this test's folder and request in it. */
  private List<String> documentedLine(Path request) throws IOException {
    String page = Files.readString(Path.of("../docs/manifest-scan.md"));
    int begin = page.indexOf("temporal schedule create ");
    String line = page.substring(begin + "temporal ".length(), page.indexOf("```", begin));
    return List.of(
        line.replace("\\\n", " ")
            .replace("scan.json", request.toString())
            .replace("syn51514500", scene.stack.folder("documented"))
            .strip()
            .split("\\s+"));
  }

  /** Waits, as of the triggers that reach a Schedule in one workflow task only the last counts. */
  private static void skips(ScheduleHandle schedule, int number) {
    schedule.trigger();
    ScheduleScene.await(schedule, info -> info.getNumActionsSkippedOverlap() == number);
  }

  private Schedule everyDay(String name) {
    return Schedule.newBuilder()
        .setAction(
            ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(ManifestScanWorkflow.TYPE)
                .setArguments(scene.scans.request(name))
                .setOptions(
                    WorkflowOptions.newBuilder()
                        .setWorkflowId("manifest-scan/" + scene.stack.folder(name) + "/" + name)
                        .setTaskQueue(TaskQueues.WORKFLOWS)
                        .build())
                .build())
        .setSpec(
            ScheduleSpec.newBuilder()
                .setIntervals(List.of(new ScheduleIntervalSpec(Duration.ofDays(1))))
                .build())
        .setPolicy(
            SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                .build())
        .build();
  }
}
