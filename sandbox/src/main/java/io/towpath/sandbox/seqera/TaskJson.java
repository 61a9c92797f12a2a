package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.engine.TaskRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes one task with every field that existing clients insist on. */
final class TaskJson {
  private static final int NO_EXIT = Integer.MAX_VALUE;

  private TaskJson() {}

  static ObjectNode of(TaskRecord task) {
    ObjectNode node = Answers.object();
    node.put("id", task.id()).put("taskId", task.id());
    node.put("hash", task.place().hash()).put("name", task.name());
    node.put("process", task.process()).put("tag", task.tag().isEmpty() ? null : task.tag());
    node.put("status", task.status());
    node.put("exit", task.exit().orElse(null)).put("exitStatus", task.exit().orElse(NO_EXIT));
    node.put("attempt", 1).put("errorAction", failed(task) ? "TERMINATE" : null);
    node.put("errorMessage", failed(task) ? task.place().log() : null);
    putTimes(node, task.times());
    putPlace(node, task.place());
    putUsage(node, task.usage());
    node.set("module", Answers.texts(List.of()));
    Answers.putNulls(node, "env", "scratch", "disk", "time", "logStreamId", "resourceAllocation");
    return node;
  }

  private static boolean failed(TaskRecord task) {
    return task.status().equals("FAILED");
  }

  private static void putTimes(ObjectNode node, TaskRecord.Times times) {
    Answers.putTime(node, "submit", times.submit());
    Answers.putTime(node, "start", times.start());
    Answers.putTime(node, "complete", times.complete());
    Answers.putTime(node, "dateCreated", times.submit());
    Answers.putTime(node, "lastUpdated", times.complete().or(times::start));
    Optional<Instant> from = times.submit();
    node.put(
        "duration",
        from.isPresent() && times.complete().isPresent()
            ? Duration.between(from.orElseThrow(), times.complete().orElseThrow()).toMillis()
            : 0);
  }

  private static void putPlace(ObjectNode node, TaskRecord.Place place) {
    node.put("workdir", place.workDir()).put("script", place.script());
    node.put("nativeId", place.nativeId()).put("container", "none").put("executor", "awsbatch");
    node.put("queue", "towpath-demo-work").put("machineType", "m5.large");
    node.put("priceModel", "spot").put("cloudZone", ComputeEnv.REGION + "a").put("cost", 0.0);
    node.put("numSpotInterruptions", 0);
  }

  private static void putUsage(ObjectNode node, TaskRecord.Usage usage) {
    node.put("cpus", usage.cpus()).put("memory", usage.memory());
    node.put("realtime", usage.realtime()).put("pcpu", usage.cpuPercent()).put("pmem", 0.1);
    node.put("rss", usage.peakRss()).put("peakRss", usage.peakRss());
    node.put("vmem", usage.peakRss()).put("peakVmem", usage.peakRss());
    node.put("rchar", usage.readBytes()).put("wchar", usage.writeBytes());
    node.put("readBytes", usage.readBytes()).put("writeBytes", usage.writeBytes());
    node.put("syscr", 0).put("syscw", 0).put("volCtxt", 0).put("invCtxt", 0);
  }
}
