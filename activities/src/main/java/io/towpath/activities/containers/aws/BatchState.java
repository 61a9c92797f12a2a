package io.towpath.activities.containers.aws;

import io.towpath.activities.containers.ContainerState;
import io.towpath.activities.containers.ContainerState.End;
import io.towpath.activities.containers.ContainerState.Phase;
import io.towpath.workflows.containers.ContainerEnd.How;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.ContainerDetail;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.KeyValuePair;

/** Reads what AWS Batch tells of a job. */
final class BatchState {
  private BatchState() {}

  static ContainerState of(JobDetail job) {
    String status = String.valueOf(job.statusAsString());
    Phase phase =
        switch (status) {
          case "SUCCEEDED", "FAILED" -> Phase.ENDED;
          case "RUNNING" -> Phase.RUNNING;
          default -> Phase.WAITING;
        };
    Optional<ContainerDetail> container = Optional.ofNullable(job.container());
    String why = text(job.statusReason());
    return new ContainerState(
        job.jobId(),
        container.map(BatchState::digest).orElse(""),
        phase,
        phase == Phase.WAITING && !why.isEmpty() ? status + " (" + why + ")" : status,
        time(job.createdAt()),
        time(job.startedAt()),
        phase == Phase.ENDED ? Optional.of(end(job, container)) : Optional.empty(),
        container.map(ContainerDetail::logStreamName).orElse(""));
  }

  private static End end(JobDetail job, Optional<ContainerDetail> container) {
    Optional<Integer> code = container.map(ContainerDetail::exitCode);
    String own = container.map(ContainerDetail::reason).orElse("");
    String reason = own.isEmpty() ? text(job.statusReason()) : own;
    Optional<Duration> ran =
        time(job.startedAt())
            .flatMap(from -> time(job.stoppedAt()).map(to -> Duration.between(from, to)));
    return new End(how(job, code, own), code, reason, ran);
  }

  private static How how(JobDetail job, Optional<Integer> code, String reason) {
    if (job.statusAsString().equals("SUCCEEDED")) {
      return How.SUCCEEDED;
    }
    if (Boolean.TRUE.equals(job.isTerminated()) || Boolean.TRUE.equals(job.isCancelled())) {
      return How.STOPPED;
    }
    if (text(job.statusReason()).contains("attempt duration exceeded timeout")) {
      return How.TIMED_OUT;
    }
    if (reason.startsWith("OutOfMemoryError")) {
      return How.OUT_OF_MEMORY;
    }
    return ContainerState.howBy(code);
  }

  private static String digest(ContainerDetail container) {
    return container.environment().stream()
        .filter(variable -> Definition.DIGEST.equals(variable.name()))
        .map(KeyValuePair::value)
        .findFirst()
        .orElse("");
  }

  private static Optional<Instant> time(@Nullable Long millis) {
    return Optional.ofNullable(millis).filter(at -> at > 0).map(Instant::ofEpochMilli);
  }

  private static String text(@Nullable String words) {
    return words == null ? "" : words;
  }
}
