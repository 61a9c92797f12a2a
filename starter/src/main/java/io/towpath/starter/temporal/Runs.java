package io.towpath.starter.temporal;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.api.query.v1.WorkflowQuery;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.QueryWorkflowRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.common.converter.DataConverterException;
import io.towpath.starter.exit.Stop;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.WorkflowIds;
import io.towpath.workflows.etl.RunControls;
import io.towpath.workflows.progress.StatusView;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The runs of all ETLs: started, found, asked, told and cancelled by workflow id. */
public final class Runs {
  private static final JavaType JSON_OBJECT =
      TypeFactory.defaultInstance()
          .constructMapType(java.util.TreeMap.class, String.class, Object.class);

  private static final List<String> ETLS =
      List.of(WorkflowIds.ROUND_TRIP, WorkflowIds.CAVATICA_DRS, WorkflowIds.RELEASE_DEPLOY);

  /** A sticky query to a worker that died is answered by the next one after some 5 s. */
  private static final int LONGEST_QUERY_SECONDS = 10;

  private final TemporalConnection connection;
  private final WorkflowClient client;

  public Runs(TemporalConnection connection) {
    this.connection = connection;
    this.client = connection.client();
  }

  /**
   * A start's answer.
   *
   * @param runId the run that now has the id
   * @param fresh whether this call started it
   */
  public record Started(String runId, boolean fresh) {}

  /**
   * Starts the run under its business key, or finds the one that is running. The policies let the
   * ledger decide whether there is anything to do.
   */
  public Started start(String kind, String workflowId, Map<String, Object> request) {
    WorkflowStub stub =
        client.newUntypedWorkflowStub(
            kind,
            WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setTaskQueue(TaskQueues.WORKFLOWS)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setStaticSummary("by the towpath command")
                .build());
    try {
      return new Started(stub.start(request).getRunId(), true);
    } catch (WorkflowExecutionAlreadyStarted e) {
      return new Started(e.getExecution().getRunId(), false);
    } catch (WorkflowException e) {
      throw Stop.unreachable("Temporal refused the start of " + workflowId + ": " + words(e));
    }
  }

  /** The newest run of this id, while Temporal remembers it. */
  public Optional<SeenRun> find(String workflowId) {
    try {
      return Optional.of(SeenRun.of(client.newUntypedWorkflowStub(workflowId).describe()));
    } catch (WorkflowNotFoundException e) {
      return Optional.empty();
    } catch (WorkflowException e) {
      throw Stop.unreachable("Temporal cannot tell of " + workflowId + ": " + words(e));
    }
  }

  /** The run's own view; empty when no worker answers, or the workflow is none of ours. */
  public Optional<StatusView> status(String workflowId, String runId) {
    return queried(workflowId, runId, "status", StatusView.class, StatusView.class);
  }

  /** The resolved request that the run works on; empty when no worker answers. */
  public Optional<Map<String, Object>> spec(String workflowId, String runId) {
    return queried(workflowId, runId, "spec", map(), JSON_OBJECT);
  }

  /** One call within its time: the SDK's own repeats a query that nobody answers for a minute. */
  private <R> Optional<R> queried(
      String workflowId, String runId, String query, Class<R> answer, Type type) {
    try {
      Payloads result =
          connection
              .stubs()
              .blockingStub()
              .withDeadlineAfter(LONGEST_QUERY_SECONDS, TimeUnit.SECONDS)
              .queryWorkflow(
                  QueryWorkflowRequest.newBuilder()
                      .setNamespace(connection.namespace())
                      .setExecution(execution(workflowId, runId))
                      .setQuery(WorkflowQuery.newBuilder().setQueryType(query))
                      .build())
              .getQueryResult();
      return Optional.of(
          client
              .getOptions()
              .getDataConverter()
              .fromPayloads(0, Optional.of(result), answer, type));
    } catch (StatusRuntimeException | DataConverterException e) {
      return Optional.empty();
    }
  }

  private static WorkflowExecution execution(String workflowId, String runId) {
    return WorkflowExecution.newBuilder().setWorkflowId(workflowId).setRunId(runId).build();
  }

  /** The run's result, whenever it comes. */
  public CompletableFuture<Map<String, Object>> result(String workflowId, String runId) {
    return stub(workflowId, runId).getResultAsync(map(), JSON_OBJECT);
  }

  /** The outcome that a run which has ended returned; empty when it returned none. */
  public Optional<String> outcome(SeenRun run) {
    try {
      Map<String, Object> report =
          result(run.workflowId(), run.runId()).get(LONGEST_QUERY_SECONDS, TimeUnit.SECONDS);
      return Optional.ofNullable(report.get("outcome")).map(String::valueOf);
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Ends the command when no worker answers for the run: an update would wait for ever. */
  public StatusView mustAnswer(SeenRun run) {
    Workers workers = new Workers(connection);
    workers.mustPoll();
    return status(run.workflowId(), run.runId()).orElseThrow(workers::nobodyAnswers);
  }

  /** Sends an update and returns its answer; what a validator refuses is told in its words. */
  public String update(String workflowId, String name, Object... arguments) {
    try {
      return client.newUntypedWorkflowStub(workflowId).update(name, String.class, arguments);
    } catch (WorkflowNotFoundException e) {
      throw Stop.wrongState(workflowId + " is closed; " + name + " changes running work only");
    } catch (WorkflowException e) {
      throw Stop.badInput(name + " was refused: " + RunFailure.of(e).message());
    }
  }

  /** Has the platform asked now; says so. */
  public String pollNow(String workflowId) {
    try {
      client.newWorkflowStub(RunControls.class, workflowId).pollNow();
      return "the platform is asked now";
    } catch (WorkflowNotFoundException e) {
      throw Stop.wrongState(workflowId + " is closed; there is nothing to ask for");
    } catch (WorkflowException e) {
      throw Stop.unreachable("Temporal refused to tell " + workflowId + ": " + words(e));
    }
  }

  /** Tells of each run of an ETL that is under way, by its id; ends the command without worker. */
  public void eachRunning(Consumer<String> each) {
    new Workers(connection).mustPoll();
    new Listed(connection)
        .each(
            "ExecutionStatus = 'Running' AND WorkflowType IN ('" + String.join("', '", ETLS) + "')",
            run -> each.accept(run.getExecution().getWorkflowId()));
  }

  /** Asks Temporal to cancel; the run then stops what it started, and closes. */
  public void cancel(String workflowId, String runId) {
    try {
      stub(workflowId, runId).cancel("cancelled by towpath cancel");
    } catch (WorkflowNotFoundException e) {
      throw Stop.wrongState(workflowId + " is closed already; there is nothing to cancel");
    } catch (WorkflowException e) {
      throw Stop.unreachable("Temporal refused to cancel " + workflowId + ": " + words(e));
    }
  }

  /** The request that a run was started with, as long as Temporal keeps its history. */
  public Optional<Map<String, Object>> request(SeenRun run) {
    try {
      var history =
          connection
              .stubs()
              .blockingStub()
              .getWorkflowExecutionHistory(
                  GetWorkflowExecutionHistoryRequest.newBuilder()
                      .setNamespace(connection.namespace())
                      .setExecution(execution(run.workflowId(), run.runId()))
                      .setMaximumPageSize(1)
                      .build());
      Payloads input =
          history.getHistory().getEvents(0).getWorkflowExecutionStartedEventAttributes().getInput();
      Type type = JSON_OBJECT;
      return Optional.of(
          client.getOptions().getDataConverter().fromPayloads(0, Optional.of(input), map(), type));
    } catch (StatusRuntimeException e) {
      return Optional.empty();
    }
  }

  /** The innermost words of a failed call. */
  static String words(WorkflowException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof StatusRuntimeException status) {
        return TemporalConnection.words(status.getStatus());
      }
    }
    return String.valueOf(e.getMessage());
  }

  private WorkflowStub stub(String workflowId, String runId) {
    return client.newUntypedWorkflowStub(
        WorkflowTargetOptions.newBuilder().setWorkflowId(workflowId).setRunId(runId).build());
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Class<Map<String, Object>> map() {
    return (Class) Map.class;
  }
}
