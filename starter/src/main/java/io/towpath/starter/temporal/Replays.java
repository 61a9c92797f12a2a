package io.towpath.starter.temporal;

import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.towpath.starter.exit.Stop;
import io.towpath.workflows.RunSettings;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.hosted.HostedWorkflows;
import io.towpath.workflows.payload.PayloadKeyMissing;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replays what a server has of our workflows against the workflows of this build. */
public final class Replays implements AutoCloseable {
  private static final Pattern CAUSE =
      Pattern.compile("(?m)(?:^Caused by: |, error=)([\\w.$]+): (.*)$");

  /** Nobody waits for a replay: code that is slow because it is cold is no deadlock. */
  private static final WorkerOptions PATIENT =
      WorkerOptions.newBuilder().setDefaultDeadlockDetectionTimeout(60_000).build();

  private final TemporalConnection connection;
  private final WorkerFactory factory;
  private final Worker replayer;

  public Replays(TemporalConnection connection) {
    this.connection = connection;
    this.factory = WorkerFactory.newInstance(connection.client());
    this.replayer = factory.newWorker(TaskQueues.WORKFLOWS, PATIENT);
    RunSettings none = new RunSettings("", false, 0, Optional.empty(), List.of());
    HostedWorkflows.register(replayer, request -> none);
  }

  /**
   * One workflow run that was replayed.
   *
   * @param status {@code RUNNING}, {@code COMPLETED}, …
   * @param events length of its history
   * @param problem why this build cannot go on with it; empty when it can
   */
  public record Replayed(
      String workflowId, String runId, String status, int events, Optional<String> problem) {}

  /**
   * Replays every run that a query finds, each as soon as it is found: one page of the list and one
   * history are held at a time. Runs on task queues of others are passed over.
   *
   * @param query of Temporal's list filter
   * @param each told of each run
   */
  public void replay(String query, Consumer<Replayed> each) {
    new Listed(connection)
        .each(
            query,
            run -> {
              if (run.getTaskQueue().equals(TaskQueues.WORKFLOWS)) {
                each.accept(replayed(run));
              }
            });
  }

  private Replayed replayed(WorkflowExecutionMetadata run) {
    String id = run.getExecution().getWorkflowId();
    String runId = run.getExecution().getRunId();
    WorkflowExecutionHistory history = connection.client().fetchHistory(id, runId);
    return new Replayed(
        id, runId, SeenRun.word(run.getStatus()), history.getEvents().size(), problem(history));
  }

  private Optional<String> problem(WorkflowExecutionHistory history) {
    try {
      replayer.replayWorkflowExecution(history);
      return Optional.empty();
    } catch (Exception e) {
      return Optional.of(words(String.valueOf(e.getMessage())));
    }
  }

  /**
   * The innermost words of what went wrong: the SDK hands on the text of a stack trace. A payload
   * that cannot be read says nothing about the build.
   */
  private static String words(String trace) {
    String words = trace.lines().findFirst().orElse("");
    Matcher causes = CAUSE.matcher(trace);
    while (causes.find()) {
      words = causes.group(2);
      if (causes.group(1).equals(PayloadKeyMissing.class.getName())) {
        throw Stop.unreachable(words);
      }
    }
    return words;
  }

  @Override
  public void close() {
    factory.shutdownNow();
  }
}
