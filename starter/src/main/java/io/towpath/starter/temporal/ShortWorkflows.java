package io.towpath.starter.temporal;

import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.exit.Stop;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.ledger.LedgerView;
import io.towpath.workflows.model.Check;
import io.towpath.workflows.payload.PayloadKeyMissing;
import io.towpath.workflows.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The short read-only workflows on the worker: through them the command, which holds no
 * credentials, sees platforms and ledger.
 */
public final class ShortWorkflows {
  private static final Duration TIME = Duration.ofMinutes(10);

  private final WorkflowClient client;
  private final Workers workers;
  private final Duration patience;
  private final Consumer<String> news;

  /**
   * Short workflows over one connection.
   *
   * @param patience how long a worker may take to begin
   * @param news told what the workflow waits for, when it waits
   */
  public ShortWorkflows(TemporalConnection connection, Duration patience, Consumer<String> news) {
    this.client = connection.client();
    this.workers = new Workers(connection);
    this.patience = patience;
    this.news = news;
  }

  public Plan plan(String kind, Map<String, Object> request) {
    return run("plan", Plan.class, "what would " + kind + " do", kind, request);
  }

  public LedgerView look(String businessKey) {
    return run("look", LedgerView.class, "what has the ledger of " + businessKey, businessKey);
  }

  public List<Check> doctor() {
    return List.of(run("doctor", Check[].class, "what does the worker reach"));
  }

  private <R> R run(String type, Class<R> answer, String summary, Object... arguments) {
    workers.mustPoll();
    WorkflowStub stub =
        client.newUntypedWorkflowStub(
            type,
            WorkflowOptions.newBuilder()
                .setWorkflowId(type + "/" + UUID.randomUUID())
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setWorkflowExecutionTimeout(TIME)
                .setStaticSummary(summary)
                .setStaticDetails("Started by the towpath command; reads only.")
                .build());
    start(stub, arguments);
    try {
      return awaited(stub, stub.getResultAsync(answer));
    } catch (ExecutionException e) {
      PayloadKeyMissing.among(e)
          .ifPresent(
              missing -> {
                throw Stop.unreachable(String.valueOf(missing.getMessage()));
              });
      throw failed(RunFailure.of(e.getCause() == null ? e : e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Stop.unreachable("interrupted; nothing was started.");
    }
  }

  /** Who may ask a server for its version may not be allowed to start anything. */
  private static void start(WorkflowStub stub, Object... arguments) {
    try {
      stub.start(arguments);
    } catch (WorkflowServiceException e) {
      if (e.getCause() instanceof StatusRuntimeException refusal) {
        throw Stop.unreachable(
            "Temporal refuses the start of a workflow: "
                + TemporalConnection.words(refusal.getStatus())
                + "; nothing was done.");
      }
      throw e;
    }
  }

  private <R> R awaited(WorkflowStub stub, CompletableFuture<R> result)
      throws ExecutionException, InterruptedException {
    Instant started = Instant.now();
    while (true) {
      try {
        return result.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        WorkflowExecutionDescription seen = stub.describe();
        boolean begun = seen.getHistoryLength() > 2;
        if (!begun && Duration.between(started, Instant.now()).compareTo(patience) > 0) {
          terminate(stub);
          throw workers.nobodyAnswers();
        }
        SeenRun.of(seen).pending().forEach(this::tell);
      }
    }
  }

  private void tell(SeenRun.Pending pending) {
    pending.message().ifPresent(message -> news.accept(pending.activity() + ": " + message));
  }

  private static void terminate(WorkflowStub stub) {
    try {
      stub.terminate("no worker took it up");
    } catch (WorkflowException e) {
      throw Stop.unreachable("no worker took " + stub.getExecution().getWorkflowId() + " up");
    }
  }

  private static Stop failed(RunFailure failure) {
    int code = ExitCode.beforeFirstEffect(failure.kind());
    Map<String, Object> details = new TreeMap<>();
    details.put("details", failure.details());
    return new Stop(
        code == ExitCode.FAILED ? ExitCode.UNREACHABLE : code,
        failure.kind(),
        failure.message() + " (" + failure.kind() + "); nothing was started.",
        details);
  }
}
