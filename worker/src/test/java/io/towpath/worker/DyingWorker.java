package io.towpath.worker;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.towpath.worker.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;

/**
 * A worker whose attempts fall silent after the calls that a file names, one line each: workflow
 * id, number and call, separated by tabs. It says "all struck" when every one did, and waits to be
 * killed. Which reads a workflow makes depends on what the worker remembers of those beside it, so
 * one that is over without the read that was aimed at counts too; a change has to be struck.
 */
final class DyingWorker {
  private DyingWorker() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> aims = Files.readAllLines(Path.of(arguments[0]));
    for (String line : aims) {
      int tab = line.indexOf('\t');
      Kill.aim(line.substring(0, tab), List.of(line.substring(tab + 1)));
    }
    WorkflowClient client = TemporalUnderTest.at(System.getenv("TEMPORAL_ADDRESS")).client();
    TowpathWorker.start(
        client,
        WorkerSettings.from(System.getenv(), Path.of("nowhere")),
        new TowpathWorker.Surroundings(
            new OkHttpClient.Builder().addInterceptor(new Kill()).build(),
            List.of(Death.silent()),
            Telemetry.none()));
    System.out.println("worker ready");
    CountDownLatch killed = new CountDownLatch(1);
    while (aims.stream().anyMatch(aim -> awaited(client, aim))) {
      if (killed.await(200, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
    System.out.println("all struck");
    killed.await();
  }

  private static boolean awaited(WorkflowClient client, String aim) {
    String[] parts = aim.split("\t", 3);
    return !Kill.missed(parts[0]).isEmpty()
        && (Kill.changes(parts[2]) || !over(client.newUntypedWorkflowStub(parts[0])));
  }

  private static boolean over(WorkflowStub run) {
    try {
      return run.describe().getStatus()
          == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
    } catch (WorkflowNotFoundException notStartedYet) {
      return false;
    }
  }
}
