package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.engine.RunState;
import io.towpath.sandbox.engine.TaskRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts over a run's tasks: progress as a whole and by process, and the final statistics. */
final class ProgressJson {
  private static final int PERCENT = 100;

  private ProgressJson() {}

  static ObjectNode progress(RunState state, Instant now) {
    ObjectNode node = Answers.object();
    node.set("workflowProgress", overall(state, now));
    Map<String, List<TaskRecord>> byProcess =
        state.tasks().stream()
            .collect(Collectors.groupingBy(TaskRecord::process, TreeMap::new, Collectors.toList()));
    node.set(
        "processesProgress",
        Answers.array(
            byProcess.entrySet().stream()
                .map(process -> load(process.getValue(), now).put("process", process.getKey()))));
    return node.put("totalProcesses", byProcess.size());
  }

  static ObjectNode stats(RunState state) {
    ObjectNode node = Answers.object();
    long succeeded = state.count("COMPLETED");
    long cached = state.count("CACHED");
    long failed = state.count("FAILED");
    long all = Math.max(1, succeeded + cached + failed);
    node.put("computeTimeFmt", computeTime(state.tasks()));
    putShare(node, "succeed", succeeded, all);
    putShare(node, "cached", cached, all);
    putShare(node, "failed", failed, all);
    putShare(node, "ignored", 0, all);
    node.put("succeedDuration", realtime(state, "COMPLETED"));
    node.put("cachedDuration", realtime(state, "CACHED"));
    node.put("failedDuration", realtime(state, "FAILED"));
    return node;
  }

  private static void putShare(ObjectNode node, String kind, long count, long all) {
    node.put(kind + "Count", count).put(kind + "CountFmt", String.valueOf(count));
    node.put(kind + "Pct", (float) PERCENT * count / all);
  }

  private static long realtime(RunState state, String status) {
    return state.tasks().stream()
        .filter(task -> task.status().equals(status))
        .mapToLong(task -> task.usage().realtime())
        .sum();
  }

  private static String computeTime(List<TaskRecord> tasks) {
    double hours =
        tasks.stream().mapToLong(task -> task.usage().realtime() * task.usage().cpus()).sum()
            / 3_600_000.0;
    return hours < 0.1 ? "(a few seconds)" : String.format(java.util.Locale.ROOT, "%.1f", hours);
  }

  private static ObjectNode overall(RunState state, Instant now) {
    ObjectNode node = load(state.tasks(), now);
    node.set("executors", Answers.texts(state.tasks().isEmpty() ? List.of() : List.of("awsbatch")));
    return node.put("cost", 0.0);
  }

  /** The required counters of a whole run and of a process are the same. */
  private static ObjectNode load(List<TaskRecord> tasks, Instant now) {
    ObjectNode node = Answers.object();
    node.put("pending", count(tasks, "NEW")).put("submitted", count(tasks, "SUBMITTED"));
    node.put("running", count(tasks, "RUNNING")).put("succeeded", count(tasks, "COMPLETED"));
    node.put("failed", count(tasks, "FAILED")).put("cached", count(tasks, "CACHED"));
    node.put("aborted", count(tasks, "ABORTED")).put("ignored", 0).put("retries", 0);
    long cpus = sum(tasks, task -> task.usage().cpus());
    long time = sum(tasks, task -> task.usage().realtime() * task.usage().cpus());
    node.put("cpus", cpus).put("cpuTime", time).put("cpuLoad", time * 9 / 10);
    node.put("cpuEfficiency", tasks.isEmpty() ? 0f : 90f);
    node.put("memoryReq", sum(tasks, task -> task.usage().memory()));
    node.put("memoryRss", sum(tasks, task -> task.usage().peakRss()));
    node.put("memoryEfficiency", tasks.isEmpty() ? 0f : 5f);
    node.put("readBytes", sum(tasks, task -> task.usage().readBytes()));
    node.put("writeBytes", sum(tasks, task -> task.usage().writeBytes()));
    node.put("volCtxSwitch", tasks.size()).put("invCtxSwitch", 0);
    List<TaskRecord> running = tasks.stream().filter(task -> is(task, "RUNNING")).toList();
    node.put("loadTasks", running.size());
    node.put("loadCpus", sum(running, task -> task.usage().cpus()));
    node.put("loadMemory", sum(running, task -> task.usage().memory()));
    node.put("peakTasks", tasks.size()).put("peakCpus", cpus);
    node.put("peakMemory", sum(tasks, task -> task.usage().memory()));
    node.put("dateCreated", Answers.time(now)).put("lastUpdated", Answers.time(now));
    return node;
  }

  private static boolean is(TaskRecord task, String status) {
    return task.status().equals(status);
  }

  private static long count(List<TaskRecord> tasks, String status) {
    return tasks.stream().filter(task -> is(task, status)).count();
  }

  private static long sum(
      List<TaskRecord> tasks, java.util.function.ToLongFunction<TaskRecord> value) {
    return tasks.stream().mapToLong(value).sum();
  }
}
