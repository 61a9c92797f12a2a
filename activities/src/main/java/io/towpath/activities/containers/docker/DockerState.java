package io.towpath.activities.containers.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.containers.ContainerState;
import io.towpath.activities.containers.ContainerState.End;
import io.towpath.activities.containers.ContainerState.Phase;
import io.towpath.workflows.containers.ContainerEnd.How;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads what the engine tells of a container. */
final class DockerState {
  private DockerState() {}

  /** The answer of {@code GET /containers/{id}/json}. */
  static ContainerState inspected(JsonNode container) {
    JsonNode state = container.path("State");
    String status = state.path("Status").asText("");
    Optional<Instant> started = time(state, "StartedAt");
    Phase phase =
        switch (status) {
          case "created" -> started.isEmpty() ? Phase.MADE : Phase.WAITING;
          case "initialized" -> Phase.WAITING;
          case "exited", "dead", "stopped" -> Phase.ENDED;
          default -> Phase.RUNNING;
        };
    return new ContainerState(
        container.path("Id").asText(""),
        container.path("Config").path("Labels").path(ContainerBody.DIGEST).asText(""),
        phase,
        status,
        time(container, "Created"),
        started,
        phase == Phase.ENDED ? Optional.of(end(state, started)) : Optional.empty(),
        "");
  }

  /** An element of {@code GET /containers/json}, which shows only what runs. */
  static ContainerState listed(JsonNode row) {
    Optional<Instant> created = Optional.of(Instant.ofEpochSecond(row.path("Created").asLong()));
    return new ContainerState(
        row.path("Id").asText(""),
        row.path("Labels").path(ContainerBody.DIGEST).asText(""),
        Phase.RUNNING,
        row.path("State").asText("running"),
        created,
        created,
        Optional.empty(),
        "");
  }

  private static End end(JsonNode state, Optional<Instant> started) {
    int code = state.path("ExitCode").asInt();
    Optional<Duration> ran =
        started.flatMap(from -> time(state, "FinishedAt").map(to -> Duration.between(from, to)));
    String words = state.path("Error").asText("");
    if (started.isEmpty() || state.path("Status").asText("").equals("dead")) {
      return new End(How.LOST, Optional.empty(), words, ran);
    }
    if (state.path("OOMKilled").asBoolean()) {
      return new End(How.OUT_OF_MEMORY, Optional.of(code), "killed: out of memory", ran);
    }
    // Podman has no flag for it: the memory's limit and a kill look alike.
    How how = ContainerState.howBy(Optional.of(code));
    String why = how == How.OUT_OF_MEMORY ? "killed (137), memory suspected" : words;
    return new End(how, Optional.of(code), why, ran);
  }

  /** Zero is year 1. */
  private static Optional<Instant> time(JsonNode node, String field) {
    try {
      return Optional.of(OffsetDateTime.parse(node.path(field).asText("")).toInstant())
          .filter(at -> at.getEpochSecond() > 0);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
