package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.engine.TaskRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Resource use by process: smallest, largest, mean and quartiles over its tasks. */
final class MetricsJson {
  private MetricsJson() {}

  static ArrayNode of(List<TaskRecord> tasks) {
    Map<String, List<TaskRecord>> byProcess =
        tasks.stream()
            .collect(Collectors.groupingBy(TaskRecord::process, TreeMap::new, Collectors.toList()));
    return Answers.array(
        byProcess.entrySet().stream().map(entry -> process(entry.getKey(), entry.getValue())));
  }

  private static ObjectNode process(String name, List<TaskRecord> tasks) {
    ObjectNode node = Answers.object().put("process", name);
    node.set("cpu", spread(tasks, task -> task.usage().cpuPercent()));
    node.set("mem", spread(tasks, task -> task.usage().peakRss()));
    node.set("vmem", spread(tasks, task -> task.usage().peakRss()));
    node.set("time", spread(tasks, task -> task.usage().realtime()));
    node.set("reads", spread(tasks, task -> task.usage().readBytes()));
    node.set("writes", spread(tasks, task -> task.usage().writeBytes()));
    Answers.putNulls(node, "cpuUsage", "memUsage", "timeUsage");
    return node;
  }

  private static ObjectNode spread(List<TaskRecord> tasks, ToDoubleFunction<TaskRecord> value) {
    List<TaskRecord> sorted =
        tasks.stream()
            .sorted((a, b) -> Double.compare(value.applyAsDouble(a), value.applyAsDouble(b)))
            .toList();
    ObjectNode node = Answers.object();
    node.put("mean", sorted.stream().mapToDouble(value).average().orElse(0));
    List<String> names = List.of("min", "q1", "q2", "q3", "max");
    for (int i = 0; i < names.size(); i++) {
      TaskRecord task = sorted.get((sorted.size() - 1) * i / (names.size() - 1));
      node.put(names.get(i), value.applyAsDouble(task)).put(names.get(i) + "Label", task.name());
    }
    node.set("warnings", Answers.texts(List.of()));
    return node;
  }
}
