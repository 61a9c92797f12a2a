package io.towpath.activities.containers.aws;

import io.towpath.activities.containers.ContainerState;
import io.towpath.activities.containers.ContainerState.End;
import io.towpath.activities.containers.ContainerState.Phase;
import io.towpath.workflows.containers.ContainerEnd.How;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Task;

/** Reads what AWS ECS tells of a task. */
final class EcsState {
  private EcsState() {}

  static ContainerState of(Task task) {
    String status = text(task.lastStatus());
    Phase phase =
        switch (status) {
          case "PROVISIONING", "PENDING", "ACTIVATING" -> Phase.WAITING;
          case "STOPPED" -> Phase.ENDED;
          default -> Phase.RUNNING;
        };
    String arn = text(task.taskArn());
    return new ContainerState(
        arn,
        digest(task),
        phase,
        status,
        Optional.ofNullable(task.createdAt()),
        Optional.ofNullable(task.startedAt()),
        phase == Phase.ENDED ? Optional.of(end(task)) : Optional.empty(),
        EcsTasksClient.STREAM
            + "/"
            + EcsTasksClient.CONTAINER
            + "/"
            + arn.substring(arn.lastIndexOf('/') + 1));
  }

  private static End end(Task task) {
    Optional<Container> main =
        task.containers().stream()
            .filter(one -> EcsTasksClient.CONTAINER.equals(one.name()))
            .findFirst();
    Optional<Integer> code = main.map(Container::exitCode);
    String own = main.map(Container::reason).orElse("");
    String stop = text(task.stopCodeAsString());
    Optional<Duration> ran =
        Optional.ofNullable(task.startedAt())
            .flatMap(
                from ->
                    Optional.ofNullable(task.stoppedAt()).map(to -> Duration.between(from, to)));
    String reason = own.isEmpty() ? text(task.stoppedReason()) : own;
    return new End(how(code, own, stop), code, stop.isEmpty() ? reason : stop + ": " + reason, ran);
  }

  private static How how(Optional<Integer> code, String reason, String stop) {
    if (reason.startsWith("OutOfMemoryError")) {
      return How.OUT_OF_MEMORY;
    }
    if (code.isPresent() && code.get() == 0) {
      return How.SUCCEEDED;
    }
    return switch (stop) {
      case "UserInitiated" -> How.STOPPED;
      case "SpotInterruption", "TerminationNotice", "InfrastructureHealth", "TaskFailedToStart" ->
          How.LOST;
      default -> ContainerState.howBy(code);
    };
  }

  private static String digest(Task task) {
    return task.overrides() == null
        ? ""
        : task.overrides().containerOverrides().stream()
            .map(ContainerOverride::environment)
            .flatMap(List::stream)
            .filter(variable -> Definition.DIGEST.equals(variable.name()))
            .map(KeyValuePair::value)
            .findFirst()
            .orElse("");
  }

  private static String text(@Nullable String words) {
    return words == null ? "" : words;
  }
}
