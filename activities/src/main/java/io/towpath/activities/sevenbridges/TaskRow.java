package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.workflows.ledger.Claim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A task as the platform shows it; a listing shows few of its fields.
 *
 * @param mark who made it, where its description says so
 * @param app with its revision
 * @param created when it was made, in the platform's words, which sort by time
 */
record TaskRow(
    String id,
    String name,
    Optional<TaskMark> mark,
    String status,
    String app,
    String created,
    JsonNode json) {
  /** The field that holds the status. */
  static final String STATE = "status";

  /** The last statuses. */
  static final Set<String> LAST = Set.of("COMPLETED", "FAILED", "ABORTED");

  /** What a listing is asked for. */
  static final String LISTED = "id,name,description,status,project,app,created_time";

  /** What shows how it goes on. */
  static final String WATCHED = LISTED + ",execution_status,price,errors";

  /** What shows what it does. */
  static final String WHOLE = WATCHED + ",inputs,outputs";

  /** Best first: done, then the one that goes on; the earlier, then the smaller id. */
  static final Comparator<TaskRow> KEEP_FIRST =
      Comparator.comparing(TaskRow::phase)
          .thenComparing(TaskRow::created)
          .thenComparing(TaskRow::id);

  static TaskRow of(JsonNode task) {
    return new TaskRow(
        task.path("id").asText(""),
        task.path("name").asText(""),
        TaskMark.in(task.path("description").asText("")),
        task.path(STATE).asText(""),
        task.path("app").asText(""),
        task.path("created_time").asText(""),
        task);
  }

  TaskPhase phase() {
    return TaskPhase.of(status);
  }

  boolean draft() {
    return phase() == TaskPhase.DRAFT;
  }

  /** Whether this work made it; only then it may be changed, aborted or deleted. */
  boolean isOf(Claim claim) {
    return mark.filter(by -> by.isOf(claim)).isPresent();
  }

  /** Whether this generation of the work made it. */
  boolean isOfGeneration(Claim claim) {
    return mark.filter(by -> by.isOfGeneration(claim)).isPresent();
  }

  /** The platform's words for what keeps a draft from being run. */
  List<String> errors() {
    List<String> errors = new ArrayList<>();
    for (JsonNode error : json.path("errors")) {
      String code = error.path("code").asText("");
      errors.add(
          error.path("message").asText(error.toString())
              + (code.isEmpty() ? "" : " (code " + code + ")"));
    }
    return errors;
  }

  /** The platform's words for how it stands. */
  String message() {
    return json.path("execution_status").path("message").asText("");
  }

  /** How far it is: changes while it makes progress. */
  long steps() {
    return json.path("execution_status").path("steps_completed").asLong(0);
  }
}
