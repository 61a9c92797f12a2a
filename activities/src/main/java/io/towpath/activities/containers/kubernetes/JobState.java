package io.towpath.activities.containers.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.towpath.activities.containers.ContainerState.End;
import io.towpath.activities.containers.ContainerState.Phase;
import io.towpath.workflows.containers.ContainerEnd.How;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what Kubernetes tells of a job and its pod. */
final class JobState {
  private final Job job;
  private final Optional<Pod> pod;
  private final Optional<ContainerState> program;

  private JobState(Job job, Optional<Pod> pod) {
    this.job = job;
    this.pod = pod;
    this.program =
        pod.flatMap(one -> Optional.ofNullable(one.getStatus()))
            .flatMap(
                status ->
                    status.getContainerStatuses().stream()
                        .filter(one -> JobBody.CONTAINER.equals(one.getName()))
                        .findFirst())
            .map(ContainerStatus::getState);
  }

  static io.towpath.activities.containers.ContainerState of(Job job, Optional<Pod> pod) {
    return new JobState(job, pod).read();
  }

  private io.towpath.activities.containers.ContainerState read() {
    Optional<JobCondition> last = condition();
    Optional<Instant> started =
        program
            .flatMap(state -> Optional.ofNullable(state.getRunning()))
            .flatMap(running -> time(running.getStartedAt()))
            .or(() -> terminated().flatMap(end -> time(end.getStartedAt())));
    Phase phase =
        last.isPresent()
            ? Phase.ENDED
            : Boolean.TRUE.equals(job.getSpec().getSuspend())
                ? Phase.MADE
                : started.isPresent() ? Phase.RUNNING : Phase.WAITING;
    return new io.towpath.activities.containers.ContainerState(
        job.getMetadata().getName(),
        annotation(),
        phase,
        phase == Phase.WAITING ? "waiting" + why() : phase.name().toLowerCase(Locale.ROOT),
        time(job.getMetadata().getCreationTimestamp()),
        started,
        last.map(this::end),
        pod.map(one -> one.getMetadata().getName()).orElse(""));
  }

  private String annotation() {
    return job.getMetadata().getAnnotations() == null
        ? ""
        : job.getMetadata().getAnnotations().getOrDefault(JobBody.DIGEST, "");
  }

  /** Complete or Failed; what leads there is no end yet. */
  private Optional<JobCondition> condition() {
    return job.getStatus() == null
        ? Optional.empty()
        : job.getStatus().getConditions().stream()
            .filter(one -> "True".equals(one.getStatus()))
            .filter(one -> List.of("Complete", "Failed").contains(one.getType()))
            .findFirst();
  }

  private Optional<ContainerStateTerminated> terminated() {
    return program.flatMap(state -> Optional.ofNullable(state.getTerminated()));
  }

  private End end(JobCondition last) {
    Optional<Integer> code = terminated().map(ContainerStateTerminated::getExitCode);
    String own = terminated().map(ContainerStateTerminated::getReason).orElse("");
    Optional<Duration> ran =
        terminated()
            .flatMap(
                end ->
                    time(end.getStartedAt())
                        .flatMap(
                            from ->
                                time(end.getFinishedAt()).map(to -> Duration.between(from, to))));
    String reason = text(last.getReason()) + ": " + text(last.getMessage());
    if (last.getType().equals("Complete")) {
      return new End(How.SUCCEEDED, Optional.of(code.orElse(0)), "", ran);
    }
    return new End(
        how(text(last.getReason()), own, code),
        code,
        own.isEmpty() ? reason : own + ", " + reason,
        ran);
  }

  private static How how(String reason, String own, Optional<Integer> code) {
    if (reason.equals("DeadlineExceeded")) {
      return How.TIMED_OUT;
    }
    if (own.equals("OOMKilled")) {
      return How.OUT_OF_MEMORY;
    }
    return io.towpath.activities.containers.ContainerState.howBy(code);
  }

  /** An image that cannot be pulled or a pod that fits nowhere waits for ever. */
  private String why() {
    Optional<String> waiting =
        program
            .flatMap(state -> Optional.ofNullable(state.getWaiting()))
            .map(state -> text(state.getReason()) + " " + text(state.getMessage()));
    Optional<String> unscheduled =
        pod.flatMap(one -> Optional.ofNullable(one.getStatus()))
            .flatMap(
                status ->
                    status.getConditions().stream()
                        .filter(one -> "PodScheduled".equals(one.getType()))
                        .filter(one -> "False".equals(one.getStatus()))
                        .findFirst())
            .map(one -> text(one.getReason()) + " " + text(one.getMessage()));
    return waiting.or(() -> unscheduled).map(words -> " (" + words.strip() + ")").orElse("");
  }

  private static Optional<Instant> time(@Nullable String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String text(@Nullable String words) {
    return words == null ? "" : words;
  }
}
