package io.towpath.activities.containers.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.config.Secret;
import io.towpath.activities.containers.ContainerRuns;
import io.towpath.activities.containers.ContainerState;
import io.towpath.activities.containers.ContainerState.Phase;
import io.towpath.activities.containers.RegistryLogins;
import io.towpath.activities.containers.WorkerSecrets;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Containers of one engine. The name is unique, and a container runs only when it is started: so it
 * is made, given its secrets, and started only while it was never started, because starting an
 * exited one runs its program again.
 */
final class DockerRuns implements ContainerRuns {
  /** Containers stay until somebody prunes them. */
  private static final Duration HORIZON = Duration.ofHours(24);

  private static final int MOST_OF_A_LOG = 64 << 20;

  private final DockerClient client;
  private final DockerConnection connection;
  private final WorkerSecrets secrets;
  private final RegistryLogins logins;

  DockerRuns(
      DockerClient client,
      DockerConnection connection,
      WorkerSecrets secrets,
      RegistryLogins logins) {
    this.client = client;
    this.connection = connection;
    this.secrets = secrets;
    this.logins = logins;
  }

  @Override
  public List<ContainerState> find(String name) {
    return one(name).stream().toList();
  }

  @Override
  public void prepare(RunContainer request, Runnable alive) {
    secrets.resolved(request.spec().secrets());
    String image = request.spec().image();
    if (client.image(image).isEmpty()) {
      client.pull(image, logins.of(image), alive);
    }
  }

  @Override
  public Optional<RateBudget> quota() {
    return Optional.of(client.quota());
  }

  @Override
  public String submit(RunContainer request) {
    JsonNode made = make(request);
    ContainerState state = DockerState.inspected(made);
    if (!state.digest().equals(request.spec().digest().value())) {
      throw new PlatformException(
          FailureKind.CONFLICT, "container " + request.name() + " exists and is something else");
    }
    if (state.phase() == Phase.MADE) {
      Map<String, Secret> values = secrets.resolved(request.spec().secrets());
      if (!values.isEmpty()) {
        client.putFiles(
            state.id(), SecretFiles.tar(values, made.path("Config").path("User").asText("")));
      }
      client.start(state.id());
    }
    return state.id();
  }

  /** Whatever the engine answers, what lies under the name decides. */
  private JsonNode make(RunContainer request) {
    Optional<JsonNode> there = client.container(request.name());
    if (there.isPresent()) {
      return there.get();
    }
    try {
      client.create(request.name(), ContainerBody.of(request, connection));
    } catch (PlatformException e) {
      return client.container(request.name()).orElseThrow(() -> e);
    }
    return client
        .container(request.name())
        .orElseThrow(
            () ->
                new PlatformException(
                    FailureKind.OUTCOME_UNKNOWN,
                    "container " + request.name() + " was created and is not there"));
  }

  /** The list shows what runs; whoever is not on it is asked for alone. */
  @Override
  public Map<String, ContainerState> sweep(Set<String> ids) {
    Map<String, ContainerState> seen = new HashMap<>();
    for (JsonNode row : client.running(ContainerBody.KEY)) {
      ContainerState state = DockerState.listed(row);
      seen.put(state.id(), state);
    }
    return seen;
  }

  @Override
  public Optional<ContainerState> one(String id) {
    return client.container(id).map(DockerState::inspected);
  }

  @Override
  public void logs(ContainerState ended, OutputStream log) {
    LogFrames.copy(client.logs(ended.id(), MOST_OF_A_LOG), log);
  }

  @Override
  public void cancel(ContainerState state, Duration grace) {
    if (state.phase() == Phase.MADE) {
      client.remove(state.id());
    } else {
      client.stop(state.id(), grace);
    }
  }

  @Override
  public Duration horizon() {
    return HORIZON;
  }

  @Override
  public boolean namesCanDouble() {
    return false;
  }

  @Override
  public boolean endsOverdue() {
    return false;
  }
}
