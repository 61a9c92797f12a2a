package io.towpath.activities.tower;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.Redaction;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.tower.RunEvidence;
import io.towpath.workflows.tower.RunEvidence.FailedTask;
import io.towpath.workflows.tower.RunEvidence.TaskStats;
import io.towpath.workflows.tower.RunRef;
import io.towpath.workflows.tower.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what the platform knows of a finished run: one call when all went well. */
final class EvidenceReader {
  private static final int MOST_TASKS = 10;
  private static final int MOST_LINES = 20;
  private static final int MOST_LOG = 1_500;
  private static final int MOST_MESSAGE = 500;
  private static final int PAGES_WITHOUT_SEARCH = 3;

  private final TowerSite site;
  private final RunRef run;

  EvidenceReader(TowerSite site, RunRef run) {
    this.site = site;
    this.run = run;
  }

  RunEvidence collect() {
    JsonNode answer =
        site.client()
            .run(run.workspaceId(), run.workflowId())
            .orElseThrow(
                () ->
                    new PlatformException(
                        FailureKind.RUN_STUCK,
                        "the platform does not know run " + run.runName() + " any more"));
    JsonNode workflow = answer.path("workflow");
    RunStatus status = RunRow.statusOf(workflow);
    TaskStats tasks = stats(workflow, answer.path("progress").path("workflowProgress"));
    boolean failures = status == RunStatus.FAILED || tasks.failed() + tasks.ignored() > 0;
    return new RunEvidence(
        status,
        text(workflow, "sessionId"),
        text(workflow, "commitId"),
        text(workflow, "workDir"),
        site.directory().watchUrl(run.workspaceId(), run.workflowId()),
        errorMessage(workflow),
        number(workflow.path("exitStatus")).map(Number::intValue),
        tasks,
        number(answer.path("cost"))
            .or(() -> number(answer.path("progress").path("workflowProgress").path("cost")))
            .map(Number::doubleValue),
        failures ? failedTasks() : List.of());
  }

  private static TaskStats stats(JsonNode workflow, JsonNode progress) {
    JsonNode stats = workflow.path("stats");
    return stats.isObject()
        ? new TaskStats(
            stats.path("succeedCount").asLong(),
            stats.path("cachedCount").asLong(),
            stats.path("failedCount").asLong(),
            stats.path("ignoredCount").asLong())
        : new TaskStats(
            progress.path("succeeded").asLong(),
            progress.path("cached").asLong(),
            progress.path("failed").asLong(),
            progress.path("ignored").asLong());
  }

  private static Optional<String> errorMessage(JsonNode workflow) {
    return text(workflow, "errorMessage")
        .or(() -> text(workflow, "errorReport").map(report -> tail(report, MOST_MESSAGE)))
        .map(message -> head(Redaction.of(message)));
  }

  private List<FailedTask> failedTasks() {
    List<FailedTask> failed = new ArrayList<>();
    for (JsonNode task : failedRows()) {
      failed.add(
          new FailedTask(
              RunRow.text(task, "process"),
              RunRow.text(task, "tag"),
              text(task, "exitStatus").orElse(RunRow.text(task, "exit")),
              log(RunRow.text(task, "taskId"))));
    }
    return failed;
  }

  /** The search finds a status on newer servers; older ones are read page by page. */
  private List<JsonNode> failedRows() {
    List<JsonNode> found = failedOf(page("FAILED", 0));
    for (int page = 0; found.isEmpty() && page < PAGES_WITHOUT_SEARCH; page++) {
      JsonNode rows = page("", page * TowerClient.PAGE);
      found = failedOf(rows);
      if (rows.size() < TowerClient.PAGE) {
        break;
      }
    }
    return found;
  }

  private JsonNode page(String search, int offset) {
    return site.client().tasks(run.workspaceId(), run.workflowId(), search, offset);
  }

  private static List<JsonNode> failedOf(JsonNode rows) {
    List<JsonNode> failed = new ArrayList<>();
    for (JsonNode row : rows) {
      JsonNode task = row.path("task");
      if (failed.size() < MOST_TASKS && RunRow.text(task, "status").equals("FAILED")) {
        failed.add(task);
      }
    }
    return failed;
  }

  /** A log that cannot be read must not cost the rest of the evidence. */
  private String log(String taskId) {
    try {
      JsonNode log = site.client().taskLog(run.workspaceId(), run.workflowId(), taskId);
      List<String> lines = new ArrayList<>();
      log.path("entries").forEach(line -> lines.add(line.asText("")));
      List<String> last = lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
      return tail(Redaction.of(String.join("\n", last)), MOST_LOG);
    } catch (PlatformException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  private static Optional<String> text(JsonNode node, String field) {
    return Optional.of(RunRow.text(node, field)).filter(value -> !value.isEmpty());
  }

  private static Optional<Number> number(JsonNode node) {
    return node.isNumber() ? Optional.of(node.numberValue()) : Optional.empty();
  }

  private static String head(String text) {
    return text.length() <= MOST_MESSAGE ? text : text.substring(0, MOST_MESSAGE) + "…";
  }

  private static String tail(String text, int most) {
    return text.length() <= most ? text : "…" + text.substring(text.length() - most + 1);
  }
}
