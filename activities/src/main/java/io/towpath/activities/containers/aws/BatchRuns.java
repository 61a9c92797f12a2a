package io.towpath.activities.containers.aws;

import io.towpath.activities.containers.ContainerState;
import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.containers.RunContainer;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.JobSummary;

/**
 * Jobs of one queue of AWS Batch. It knows no idempotency and its names are not unique, so a job is
 * looked for by its name before and after.
 */
final class BatchRuns implements AwsRuns {
  /** How long Batch is sure to list a finished job. */
  private static final Duration HORIZON = Duration.ofHours(24);

  private static final Duration LAG = Duration.ofMinutes(2);
  private static final String LOG_GROUP = "/aws/batch/job";

  private final BatchJobsClient client;
  private final LogsClient logs;
  private final Executor executor;
  private final String queue;
  private volatile @Nullable BatchQueue machines;

  BatchRuns(BatchJobsClient client, LogsClient logs, Executor executor, String queue) {
    this.client = client;
    this.logs = logs;
    this.executor = executor;
    this.queue = queue;
  }

  @Override
  public List<ContainerState> find(String name) {
    List<String> ids = client.named(queue, name).stream().map(JobSummary::jobId).toList();
    return List.copyOf(sweep(Set.copyOf(ids)).values());
  }

  @Override
  public void prepare(RunContainer request, Runnable alive) {
    Definition definition = definition(request);
    if (!client.isDefined(definition.name())) {
      client.define(definition);
    }
  }

  @Override
  public String submit(RunContainer request) {
    return client.submit(request, queue, definition(request).name());
  }

  private Definition definition(RunContainer request) {
    return Definition.of(request.spec(), executor, LOG_GROUP, machines().fargate());
  }

  /** Queues do not change what they are; it is asked for once. */
  private BatchQueue machines() {
    BatchQueue known = machines;
    if (known == null) {
      known = BatchQueue.of(client, queue);
      machines = known;
    }
    return known;
  }

  @Override
  public List<ContainerState> described(List<String> ids) {
    return client.jobs(ids).stream().map(BatchState::of).toList();
  }

  @Override
  public void logs(ContainerState ended, OutputStream log) {
    if (!ended.log().isEmpty()) {
      logs.copy(LOG_GROUP, ended.log(), log);
    }
  }

  /** Cancelling does nothing to a job that starts or runs; terminating serves all states. */
  @Override
  public void cancel(ContainerState state, Duration grace) {
    client.terminate(state.id(), "stopped by towpath");
  }

  @Override
  public Duration horizon() {
    return HORIZON;
  }

  @Override
  public Duration lag() {
    return LAG;
  }

  @Override
  public boolean endsOverdue() {
    return true;
  }
}
