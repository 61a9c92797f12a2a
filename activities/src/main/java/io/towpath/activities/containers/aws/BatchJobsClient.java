package io.towpath.activities.containers.aws;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.containers.ContainerSpec;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.ComputeEnvironmentDetail;
import software.amazon.awssdk.services.batch.model.ContainerProperties;
import software.amazon.awssdk.services.batch.model.JobDefinitionType;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobQueueDetail;
import software.amazon.awssdk.services.batch.model.JobSummary;
import software.amazon.awssdk.services.batch.model.KeyValuePair;
import software.amazon.awssdk.services.batch.model.KeyValuesPair;
import software.amazon.awssdk.services.batch.model.ListJobsResponse;
import software.amazon.awssdk.services.batch.model.PlatformCapability;
import software.amazon.awssdk.services.batch.model.ResourceRequirement;
import software.amazon.awssdk.services.batch.model.ResourceType;
import software.amazon.awssdk.services.batch.model.Secret;
import software.amazon.awssdk.services.batch.model.SubmitJobResponse;

/** AWS Batch: one method, one operation, one call. */
final class BatchJobsClient {
  private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(60);
  private static final double SHARES = 1_024;

  private final BatchClient batch;

  BatchJobsClient(BatchClient batch) {
    this.batch = batch;
  }

  /** {@code DescribeJobQueues}, of one; empty when there is none such. */
  Optional<JobQueueDetail> queue(String name) {
    return AwsCall.repeatable(
        "AWS Batch DescribeJobQueues",
        () -> batch.describeJobQueues(r -> r.jobQueues(name)).jobQueues().stream().findFirst());
  }

  /** {@code DescribeComputeEnvironments}, of those that Batch manages. */
  List<ComputeEnvironmentDetail> environments(Collection<String> names) {
    return AwsCall.repeatable(
        "AWS Batch DescribeComputeEnvironments",
        () ->
            batch
                .describeComputeEnvironments(r -> r.computeEnvironments(names))
                .computeEnvironments()
                .stream()
                .filter(one -> one.computeResources() != null)
                .toList());
  }

  /** {@code DescribeJobDefinitions}: whether an active one has this name. */
  boolean isDefined(String name) {
    return AwsCall.repeatable(
        "AWS Batch DescribeJobDefinitions",
        () ->
            !batch
                .describeJobDefinitions(r -> r.jobDefinitionName(name).status("ACTIVE"))
                .jobDefinitions()
                .isEmpty());
  }

  /** {@code RegisterJobDefinition}: one more revision; equal ones do no harm. */
  void define(Definition definition) {
    ContainerProperties.Builder container =
        ContainerProperties.builder()
            .image(definition.image())
            .resourceRequirements(
                resource(ResourceType.VCPU, vcpus(definition.cpu())),
                resource(ResourceType.MEMORY, String.valueOf(definition.memoryMb())))
            .secrets(
                definition.secrets().entrySet().stream()
                    .map(s -> Secret.builder().name(s.getKey()).valueFrom(s.getValue()).build())
                    .toList());
    definition.executor().jobRole().ifPresent(container::jobRoleArn);
    definition.executor().executionRole().ifPresent(container::executionRoleArn);
    AwsCall.repeatable(
        "AWS Batch RegisterJobDefinition",
        () ->
            batch.registerJobDefinition(
                r ->
                    r.jobDefinitionName(definition.name())
                        .type(JobDefinitionType.CONTAINER)
                        .platformCapabilities(
                            definition.fargate()
                                ? PlatformCapability.FARGATE
                                : PlatformCapability.EC2)
                        .containerProperties(container.build())));
  }

  /** {@code SubmitJob}, one attempt: the job's id. There is no token against a second one. */
  String submit(RunContainer request, String queue, String definition) {
    ContainerSpec spec = request.spec();
    List<KeyValuePair> environment = new ArrayList<>();
    Definition.environment(spec)
        .forEach(
            (name, value) ->
                environment.add(KeyValuePair.builder().name(name).value(value).build()));
    SubmitJobResponse answer =
        AwsCall.once(
            "AWS Batch SubmitJob",
            () ->
                batch.submitJob(
                    r ->
                        r.jobName(request.name())
                            .jobQueue(queue)
                            .jobDefinition(definition)
                            .containerOverrides(
                                o -> o.command(spec.command()).environment(environment))
                            .retryStrategy(s -> s.attempts(1))
                            .timeout(t -> t.attemptDurationSeconds((int) timeout(spec).toSeconds()))
                            .tags(Map.of("towpath-for", request.claim().businessKey()))));
    return Optional.ofNullable(answer.jobId())
        .orElseThrow(
            () ->
                new PlatformException(
                    FailureKind.OUTCOME_UNKNOWN, "AWS Batch SubmitJob answered without a job id"));
  }

  /** {@code ListJobs} by name, all pages: every status; upper and lower case are one to it. */
  List<JobSummary> named(String queue, String name) {
    List<JobSummary> found = new ArrayList<>();
    @Nullable String token = null;
    do {
      String next = token;
      ListJobsResponse page =
          AwsCall.repeatable(
              "AWS Batch ListJobs",
              () ->
                  batch.listJobs(
                      r ->
                          r.jobQueue(queue)
                              .filters(
                                  KeyValuesPair.builder().name("JOB_NAME").values(name).build())
                              .nextToken(next)));
      page.jobSummaryList().stream().filter(job -> name.equals(job.jobName())).forEach(found::add);
      token = page.nextToken();
    } while (token != null);
    return found;
  }

  /** {@code DescribeJobs}, at most 100; those that are not known are left out. */
  List<JobDetail> jobs(Collection<String> ids) {
    return AwsCall.repeatable(
        "AWS Batch DescribeJobs", () -> batch.describeJobs(r -> r.jobs(ids)).jobs());
  }

  /** {@code TerminateJob}, which ends it in every state but those that are ends. */
  void terminate(String id, String reason) {
    AwsCall.once(
        "AWS Batch TerminateJob", () -> batch.terminateJob(r -> r.jobId(id).reason(reason)));
  }

  private static Duration timeout(ContainerSpec spec) {
    return spec.timeout().compareTo(SHORTEST_TIMEOUT) > 0 ? spec.timeout() : SHORTEST_TIMEOUT;
  }

  private static String vcpus(int cpu) {
    return cpu % SHARES == 0 ? String.valueOf((int) (cpu / SHARES)) : String.valueOf(cpu / SHARES);
  }

  private static ResourceRequirement resource(ResourceType type, String value) {
    return ResourceRequirement.builder().type(type).value(value).build();
  }
}
