package io.towpath.activities.containers.aws;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.List;
import software.amazon.awssdk.services.batch.model.CRType;
import software.amazon.awssdk.services.batch.model.ComputeEnvironmentDetail;
import software.amazon.awssdk.services.batch.model.ComputeEnvironmentOrder;
import software.amazon.awssdk.services.batch.model.JQState;
import software.amazon.awssdk.services.batch.model.JobQueueDetail;

/**
 * What the machines behind a job queue are.
 *
 * @param fargate whether jobs have to fit into Fargate's sizes
 * @param mostCpus the most that one of its environments has in all
 */
record BatchQueue(boolean fargate, int mostCpus) {
  /** Fails with {@code INPUT_REJECTED} where there is no such queue that takes jobs. */
  static BatchQueue of(BatchJobsClient client, String queue) {
    JobQueueDetail detail =
        client
            .queue(queue)
            .filter(found -> found.state() == JQState.ENABLED)
            .orElseThrow(
                () ->
                    new PlatformException(
                        FailureKind.INPUT_REJECTED,
                        "there is no enabled job queue \"" + queue + "\" in this region"));
    List<ComputeEnvironmentDetail> environments =
        client.environments(
            detail.computeEnvironmentOrder().stream()
                .map(ComputeEnvironmentOrder::computeEnvironment)
                .toList());
    boolean fargate =
        environments.stream()
            .map(one -> one.computeResources().type())
            .anyMatch(type -> type == CRType.FARGATE || type == CRType.FARGATE_SPOT);
    int most =
        environments.stream()
            .mapToInt(one -> one.computeResources().maxvCpus())
            .max()
            .orElse(Integer.MAX_VALUE);
    return new BatchQueue(fargate, most);
  }
}
