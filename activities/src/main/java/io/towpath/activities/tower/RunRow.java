package io.towpath.activities.tower;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.workflows.tower.RunStatus;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * One run as the platform lists or shows it. Nearly every field may be missing.
 *
 * @param status {@code UNKNOWN} that is complete is FAILED
 * @param tasks counts of its tasks; empty where the answer has none
 */
record RunRow(
    String id,
    String runName,
    RunStatus status,
    Optional<Instant> submit,
    Optional<Instant> start,
    Optional<Instant> complete,
    Optional<TaskCounts> tasks,
    String sessionId) {

  /** How many tasks are over, of how many that are known so far. */
  record TaskCounts(long over, long known, String fingerprint) {}

  /** An element of {@code GET /workflow}, or the answer of {@code GET /workflow/{id}}. */
  static RunRow of(JsonNode element) {
    JsonNode run = element.path("workflow");
    return new RunRow(
        text(run, "id"),
        text(run, "runName"),
        statusOf(run),
        instant(run, "submit"),
        instant(run, "start"),
        instant(run, "complete"),
        counts(element.path("progress").path("workflowProgress")),
        text(run, "sessionId"));
  }

  /** The field as text; empty when it is missing or null. */
  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() ? "" : value.asText("");
  }

  static RunStatus statusOf(JsonNode run) {
    RunStatus status = RunStatus.of(text(run, "status"));
    boolean complete = !text(run, "complete").isEmpty();
    return status == RunStatus.UNKNOWN && complete ? RunStatus.FAILED : status;
  }

  private static Optional<Instant> instant(JsonNode run, String field) {
    try {
      return Optional.of(Instant.parse(text(run, field)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<TaskCounts> counts(JsonNode progress) {
    if (!progress.isObject()) {
      return Optional.empty();
    }
    long waiting = progress.path("pending").asLong() + progress.path("submitted").asLong();
    long running = progress.path("running").asLong();
    long over = 0;
    for (String end : new String[] {"succeeded", "cached", "failed", "ignored", "aborted"}) {
      over += progress.path(end).asLong();
    }
    return Optional.of(
        new TaskCounts(over, over + waiting + running, over + "/" + running + "/" + waiting));
  }
}
