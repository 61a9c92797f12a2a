package io.towpath.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.schedules.ScheduleActionExecutionStartWorkflow;
import io.temporal.client.schedules.ScheduleActionResult;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleInfo;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.worker.telemetry.Telemetry;
import io.towpath.workflows.TowpathDataConverter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A real server, which alone has schedules, a sandbox, and workers when they are asked for. */
final class ScheduleScene implements AutoCloseable {
  final ServerProcess server;
  final Stack stack;
  final ScanScene scans;
  final ScheduleClient schedules;

  ScheduleScene(Path folder) throws IOException {
    server = ServerProcess.start(folder);
    stack = Stack.withoutWorker(SandboxOptions.forTests(), TemporalUnderTest.at(server.address()));
    scans = new ScanScene(stack);
    schedules =
        ScheduleClient.newInstance(
            stack.client().getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setDataConverter(TowpathDataConverter.create())
                .build());
  }

  TowpathWorker worker() {
    Map<String, String> settings = new TreeMap<>(stack.env());
    settings.putAll(Stack.FAST);
    return TowpathWorker.start(stack.client(), Stack.settings(settings), Telemetry.none());
  }

  /** The report of the scan that the schedule started as its {@code number}th, once it ended. */
  JsonNode report(ScheduleHandle schedule, int number) {
    await(schedule, info -> info.getRecentActions().size() == number);
    ScheduleActionResult started = schedule.describe().getInfo().getRecentActions().get(number - 1);
    ScheduleActionExecutionStartWorkflow scan =
        (ScheduleActionExecutionStartWorkflow) started.getAction();
    JsonNode report = stack.report(stack.client().newUntypedWorkflowStub(scan.getWorkflowId()));
    await(schedule, info -> info.getRunningActions().isEmpty());
    return report;
  }

  static void await(ScheduleHandle schedule, Predicate<ScheduleInfo> wanted) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> wanted.test(schedule.describe().getInfo()));
  }

  @Override
  public void close() {
    stack.close();
    server.close();
  }
}
