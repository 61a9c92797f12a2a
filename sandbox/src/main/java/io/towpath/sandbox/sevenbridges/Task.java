package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** One task: what it is to do, and how far it is. */
final class Task {
  static final Set<String> ENDED = Set.of("COMPLETED", "FAILED", "ABORTED");
  private static final Set<String> ABORTABLE = Set.of("CREATING", "RUNNING", "QUEUED");

  /**
   * What never changes.
   *
   * @param parent id of the batch task that this one is a part of
   * @param visibleFrom when listings begin to show it
   */
  record Spec(
      String id,
      String projectId,
      String createdBy,
      Instant created,
      Instant visibleFrom,
      Optional<String> parent) {}

  /**
   * How a batch task divides its work.
   *
   * @param by {@code {"type", "criteria"}}
   */
  record Batch(String input, ObjectNode by) {}

  private final Spec spec;
  String name = "";
  Optional<String> description = Optional.empty();
  App.Revision app;
  ObjectNode inputs = Fields.object();
  Optional<Batch> batch = Optional.empty();
  Optional<ObjectNode> batchGroup = Optional.empty();
  boolean interruptible;
  ObjectNode settings = Fields.object();
  ObjectNode outputLocation = Fields.object();
  Optional<String> originId = Optional.empty();

  String status = "DRAFT";
  String message = "";
  ArrayNode errors = Fields.array();
  ArrayNode warnings = Fields.array();
  ObjectNode outputs = Fields.object();
  Optional<Double> price = Optional.empty();
  Optional<Instant> submitted = Optional.empty();
  Optional<Instant> running = Optional.empty();
  Optional<Instant> ended = Optional.empty();
  ArrayNode failedJobs = Fields.array();
  boolean memoized;

  Task(Spec spec, App.Revision app) {
    this.spec = spec;
    this.app = app;
  }

  Spec spec() {
    return spec;
  }

  String id() {
    return spec.id();
  }

  boolean isDraft() {
    return status.equals("DRAFT");
  }

  boolean isAbortable() {
    return ABORTABLE.contains(status);
  }

  boolean hasEnded() {
    return ENDED.contains(status);
  }

  boolean memoizes() {
    return settings.path("use_memoization").asBoolean(false);
  }

  /** What makes two tasks compute the same. */
  String work() {
    return spec.projectId() + '\n' + app.id() + '\n' + inputs;
  }
}
