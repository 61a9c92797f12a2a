package io.towpath.workflows.cavatica;

import io.towpath.workflows.cavatica.CollateStep.Collated;
import io.towpath.workflows.cavatica.ImportStep.Imported;
import io.towpath.workflows.cavatica.MintStep.Minted;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftedTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.StoppedTasks;
import io.towpath.workflows.sevenbridges.TaskCounts;
import io.towpath.workflows.sevenbridges.TaskLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts the report together, whatever part of the work was done. */
final class CavaticaReport {
  private final Map<String, Object> report = new TreeMap<>();

  CavaticaReport(CavaticaSpec spec, List<String> warnings) {
    Map<String, Object> sheet = new TreeMap<>();
    sheet.put("uri", spec.sheet().uri());
    sheet.put("key", spec.sheet().key());
    sheet.put("md5", spec.sheet().md5());
    report.put("sheet", sheet);
    report.put("project", spec.request().project().id());
    report.put("app", spec.target().app());
    report.put("warnings", List.copyOf(warnings));
  }

  CavaticaReport imports(Optional<Imported> imported) {
    imported.ifPresent(files -> report.put("imports", files.report()));
    return this;
  }

  /** Counts, and the first tasks by name; every one of them is in the output manifest. */
  CavaticaReport tasks(Optional<DraftedTasks> drafted, TaskCounts counts, List<TaskLine> lines) {
    drafted.ifPresent(
        there -> {
          report.put("tasks", lines.stream().map(CavaticaReport::line).toList());
          report.put("taskCounts", counts(there, counts));
        });
    return this;
  }

  private static Map<String, Object> counts(DraftedTasks there, TaskCounts counts) {
    Map<String, Object> report = new TreeMap<>();
    report.put("samples", there.tasks().rows());
    report.put("drafted", there.created());
    report.put("found", there.adopted());
    report.put("doublesDeleted", there.doubles());
    report.put("completed", counts.completed());
    report.put("cached", counts.cached());
    report.put("failed", counts.failed());
    report.put("reruns", counts.reruns());
    report.put("cost", counts.cost());
    report.put("currency", counts.currency());
    report.put("pages", there.tasks().pages().value());
    return report;
  }

  private static Map<String, Object> line(TaskLine task) {
    Map<String, Object> line = new TreeMap<>();
    line.put("sample", task.sample());
    line.put("taskId", task.taskId());
    line.put("status", task.status());
    line.put("reruns", task.reruns());
    line.put("url", task.url());
    task.price().ifPresent(price -> line.put("price", price));
    task.problem().ifPresent(problem -> line.put("problem", problem));
    return line;
  }

  CavaticaReport outputs(Optional<Collated> collated, Optional<ManifestStep.Filed> manifest) {
    Map<String, Object> outputs = new TreeMap<>();
    collated.ifPresent(
        files -> {
          outputs.put("count", files.counts().files());
          outputs.put("exported", files.counts().objects());
          outputs.put("bytes", files.counts().sizeBytes());
          outputs.put("failed", files.counts().failed());
        });
    manifest.ifPresent(filed -> outputs.putAll(filed.report()));
    manifest.flatMap(ManifestStep.Filed::synapseId).ifPresent(id -> report.put("sheetOut", id));
    if (!outputs.isEmpty()) {
      report.put("collated", outputs);
    }
    return this;
  }

  CavaticaReport ids(Optional<Minted> minted) {
    minted.ifPresent(ids -> report.put("drs", ids.report()));
    return this;
  }

  CavaticaReport stopped(Optional<StoppedTasks> stopped) {
    stopped.ifPresent(
        tasks ->
            report.put(
                "stopped",
                new TreeMap<>(
                    Map.of(
                        "aborted", tasks.aborted(),
                        "draftsDeleted", tasks.deletedDrafts(),
                        "leftToOthers", tasks.left()))));
    return this;
  }

  CavaticaReport approvals(Map<String, String> approvals) {
    if (!approvals.isEmpty()) {
      report.put("approvals", approvals);
    }
    return this;
  }

  Map<String, Object> map() {
    return report;
  }
}
