package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionExecutionStartWorkflow;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleSpec;
import io.towpath.starter.Towpath;
import io.towpath.workflows.TaskQueues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Ways in which work is started by processes of other people, and by Temporal itself. */
final class OutsideStarts {
  private final ScheduleScene scene;
  private final Path folder;

  /**
   * @param folder for the files that commands read
   */
  OutsideStarts(ScheduleScene scene, Path folder) {
    this.scene = scene;
    this.folder = folder;
  }

  /** By a process of {@code towpath start}, which ends well whoever was first. */
  WorkflowStub byTowpath(Cell work, int number) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Towpath.class.getName(),
            "start",
            work.etl(),
            "-f",
            file(work, number),
            "-o",
            "json");
    try {
      ProcessBuilder towpath = new ProcessBuilder(command);
      towpath.environment().put("TEMPORAL_ADDRESS", scene.server.address());
      Process process = towpath.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.onExit().join().exitValue()).as(said).isZero();
      JsonNode answer = Stack.JSON.readTree(said);
      assertThat(answer.path("workflowId").asText()).isEqualTo(work.workflowId());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return scene.stack.client().newUntypedWorkflowStub(work.workflowId());
  }

  /** By a process of {@code temporal workflow start}, under an id of its own. */
  WorkflowStub byTemporal(Cell work, int number) {
    String id = id(work, number);
    try {
      TemporalCommand.run(
          scene.server.address(),
          List.of(
              "workflow",
              "start",
              "--type",
              work.etl(),
              "--task-queue",
              TaskQueues.WORKFLOWS,
              "--input-file",
              file(work, number),
              "--workflow-id",
              id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return scene.stack.client().newUntypedWorkflowStub(id);
  }

  /** By a schedule that is triggered once, and has no other time. */
  WorkflowStub bySchedule(Cell work, int number) {
    ScheduleHandle schedule =
        scene.schedules.createSchedule(
            id(work, number).replaceAll("\\W", "-"),
            Schedule.newBuilder()
                .setSpec(ScheduleSpec.newBuilder().build())
                .setAction(
                    ScheduleActionStartWorkflow.newBuilder()
                        .setWorkflowType(work.etl())
                        .setArguments(work.request())
                        .setOptions(
                            WorkflowOptions.newBuilder()
                                .setWorkflowId(id(work, number))
                                .setTaskQueue(TaskQueues.WORKFLOWS)
                                .build())
                        .build())
                .build(),
            ScheduleOptions.newBuilder().setTriggerImmediately(true).build());
    ScheduleScene.await(schedule, info -> !info.getRecentActions().isEmpty());
    ScheduleActionExecutionStartWorkflow started =
        (ScheduleActionExecutionStartWorkflow)
            schedule.describe().getInfo().getRecentActions().get(0).getAction();
    return scene.stack.client().newUntypedWorkflowStub(started.getWorkflowId());
  }

  private static String id(Cell work, int number) {
    return "outside-" + number + "/" + work.workflowId();
  }

  private String file(Cell work, int number) {
    try {
      Path file = Files.createTempFile(folder, "start" + number, ".json");
      return Files.writeString(file, Stack.JSON.valueToTree(work.request()).toString()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
