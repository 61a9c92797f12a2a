package io.towpath.activities.containers.aws;

import io.towpath.activities.containers.ContainerState;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

/**
 * Tasks of one cluster of AWS ECS. Its client token makes a repeated RunTask harmless for a while;
 * an answer that nothing could be placed may be kept for the token, so each such refusal is noted
 * and the next send takes another one.
 */
final class EcsRuns implements AwsRuns {
  /** A stopped task is shown for an hour. */
  private static final Duration HORIZON = Duration.ofHours(1);

  /** ECS answers MISSING for a while about what it has just begun. */
  private static final Duration LAG = Duration.ofMinutes(5);

  private static final Duration PLACEMENT_PAUSE = Duration.ofSeconds(30);

  private final EcsTasksClient client;
  private final LogsClient logs;
  private final TaskRequests requests;
  private final SubmitLedger ledger;
  private final String logGroup;

  EcsRuns(
      EcsTasksClient client,
      LogsClient logs,
      TaskRequests requests,
      SubmitLedger ledger,
      String logGroup) {
    this.client = client;
    this.logs = logs;
    this.requests = requests;
    this.ledger = ledger;
    this.logGroup = logGroup;
  }

  @Override
  public List<ContainerState> find(String name) {
    Set<String> arns =
        Stream.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)
            .flatMap(status -> client.startedBy(name, status).stream())
            .collect(Collectors.toSet());
    return List.copyOf(sweep(arns).values());
  }

  @Override
  public void prepare(RunContainer request, Runnable alive) {
    Definition definition = requests.definition(request.spec());
    if (!client.isDefined(definition.name())) {
      client.define(requests.register(definition));
    }
  }

  @Override
  public String submit(RunContainer request) {
    List<SubmitLedger.Intent> sends =
        ledger.intents(request.claim(), request.step(), request.key());
    long refused = sends.stream().filter(send -> isRefused(request, send)).count();
    String token = request.key().value() + (refused == 0 ? "" : "-a" + refused);
    RunTaskResponse answer;
    try {
      answer = client.run(requests.run(request, token));
    } catch (PlatformException e) {
      return underSameToken(request, e).orElseThrow(() -> e);
    }
    if (!answer.tasks().isEmpty()) {
      return answer.tasks().get(0).taskArn();
    }
    if (answer.failures().isEmpty()) {
      throw new PlatformException(
          FailureKind.OUTCOME_UNKNOWN, "AWS ECS RunTask answered without a task or a failure");
    }
    sends.stream()
        .reduce((first, last) -> last)
        .ifPresent(
            last ->
                ledger.noteRefusal(request.claim(), request.step(), request.key(), last.number()));
    throw notPlaced(answer.failures());
  }

  private boolean isRefused(RunContainer request, SubmitLedger.Intent send) {
    return ledger.isRefused(request.claim(), request.step(), request.key(), send.number());
  }

  /** Something else was sent under our token; what it made is ours if its digest is. */
  private Optional<String> underSameToken(RunContainer request, PlatformException e) {
    if (!(e.getCause() instanceof ConflictException conflict)) {
      return Optional.empty();
    }
    return sweep(Set.copyOf(conflict.resourceIds())).values().stream()
        .filter(state -> state.digest().equals(request.spec().digest().value()))
        .map(ContainerState::id)
        .findFirst();
  }

  private static PlatformException notPlaced(List<Failure> failures) {
    String why =
        failures.stream()
            .map(one -> one.reason() + (one.detail() == null ? "" : " (" + one.detail() + ")"))
            .collect(Collectors.joining(", "));
    return new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE,
        "AWS ECS could not place the task: " + why,
        429,
        Optional.of(PLACEMENT_PAUSE),
        null);
  }

  @Override
  public List<ContainerState> described(List<String> ids) {
    return client.tasks(ids).tasks().stream().map(EcsState::of).toList();
  }

  @Override
  public void logs(ContainerState ended, OutputStream log) {
    logs.copy(logGroup, ended.log(), log);
  }

  /** ECS gives programs 30 s, or what the definition says. */
  @Override
  public void cancel(ContainerState state, Duration grace) {
    client.stop(state.id(), "stopped by towpath");
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
    return false;
  }
}
