package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tasks as answers show them. */
final class TaskJson {
  static final String[] FEW = {"href", "id", "name", "project"};

  private final Realm realm;
  private final TaskInputs inputs;

  TaskJson(Realm realm) {
    this.realm = realm;
    this.inputs = new TaskInputs(realm);
  }

  /** The status; of a batch task it follows from its parts. */
  String status(Task task) {
    List<Task> parts = realm.tasks.children(task);
    return parts.isEmpty() ? task.status : Batches.status(parts);
  }

  ObjectNode of(Request request, Task task) {
    List<Task> parts = realm.tasks.children(task);
    String status = status(task);
    ObjectNode json = Fields.object().put("href", request.href("/tasks/" + task.id()));
    json.put("id", task.id()).put("name", task.name);
    Fields.put(json, "description", task.description);
    json.put("status", status).put("project", task.spec().projectId());
    json.put("app", task.app.id()).put("type", "v2");
    json.put("created_by", task.spec().createdBy());
    boolean draft = status.equals("DRAFT");
    Fields.put(
        json, "executed_by", draft ? Optional.empty() : Optional.of(task.spec().createdBy()));
    json.put("created_time", Fields.time(task.spec().created()));
    Fields.putTime(json, "start_time", task.submitted);
    Fields.putTime(json, "end_time", end(task, parts, status));
    putBatch(json, task);
    json.put("use_interruptible_instances", task.interruptible);
    json.set("execution_settings", task.settings.deepCopy());
    json.set("execution_status", execution(task, parts, status, request.now()));
    putPrice(json, task, parts);
    json.set("inputs", inputs.shown(task.inputs));
    json.set("outputs", task.outputs.deepCopy());
    json.set("errors", task.errors.deepCopy());
    json.set("warnings", task.warnings.deepCopy());
    json.set("output_location", task.outputLocation.deepCopy());
    Fields.put(json, "origin_id", task.originId);
    return json;
  }

  private static Optional<Instant> end(Task task, List<Task> parts, String status) {
    return parts.isEmpty() || !Task.ENDED.contains(status)
        ? task.ended
        : parts.stream().flatMap(part -> part.ended.stream()).max(Instant::compareTo);
  }

  private static void putBatch(ObjectNode json, Task task) {
    json.put("batch", task.batch.isPresent());
    Fields.put(json, "batch_input", task.batch.map(Task.Batch::input));
    json.set("batch_by", task.batch.map(batch -> batch.by().deepCopy()).orElse(null));
    json.set("batch_group", task.batchGroup.map(ObjectNode::deepCopy).orElse(null));
    Fields.put(json, "parent", task.spec().parent());
  }

  private static void putPrice(ObjectNode json, Task task, List<Task> parts) {
    Optional<Double> amount =
        parts.isEmpty()
            ? task.price
            : Optional.of(parts.stream().mapToDouble(part -> part.price.orElse(0.0)).sum());
    if (amount.isPresent()) {
      json.putObject("price").put("amount", amount.get()).put("currency", "USD");
    } else {
      json.putNull("price");
    }
  }

  private static ObjectNode execution(Task task, List<Task> parts, String status, Instant now) {
    ObjectNode json = Fields.object();
    json.put("message", message(task, status)).put("message_code", code(status));
    List<Task> counted = parts.isEmpty() ? List.of(task) : parts;
    long done = counted.stream().filter(one -> one.status.equals("COMPLETED")).count();
    json.put("steps_completed", done).put("steps_total", counted.size());
    for (String each : List.of("QUEUED", "RUNNING", "COMPLETED", "FAILED", "ABORTED")) {
      long count = counted.stream().filter(one -> one.status.equals(each)).count();
      json.put(each.toLowerCase(java.util.Locale.ROOT), count);
    }
    if (task.submitted.isPresent()) {
      Instant from = task.submitted.get();
      Instant runs = task.running.orElse(now);
      json.put("queued_duration", Duration.between(from, runs).toMillis());
      json.put("running_duration", Duration.between(runs, task.ended.orElse(now)).toMillis());
      json.put("execution_duration", Duration.between(from, task.ended.orElse(now)).toMillis());
      json.put("duration", Duration.between(from, task.ended.orElse(now)).toMillis());
    }
    return json;
  }

  private static String message(Task task, String status) {
    if (!task.message.isEmpty()) {
      return task.message;
    }
    return switch (status) {
      case "COMPLETED" -> "Completed";
      case "FAILED" -> "Failed";
      case "ABORTED" -> "Task aborted";
      default -> status.charAt(0) + status.substring(1).toLowerCase(java.util.Locale.ROOT);
    };
  }

  private static String code(String status) {
    return status.equals("FAILED") ? "execution.failed" : "execution.info";
  }

  /** What the platform did: one job per task is enough for a simulation. */
  ObjectNode details(Request request, Task task) {
    ObjectNode json =
        Fields.object().put("href", request.href("/tasks/" + task.id() + "/execution_details"));
    Fields.putTime(json, "start_time", task.submitted);
    Fields.putTime(json, "end_time", task.ended);
    json.put("status", status(task)).put("message", message(task, status(task)));
    ArrayNode jobs = json.putArray("jobs");
    if (task.running.isPresent() && task.failedJobs.isEmpty()) {
      addJob(jobs, task, Projects.slug(task.app.cwl().path("label").asText("job")), task.status);
    }
    for (var failed : task.failedJobs) {
      ObjectNode job = addJob(jobs, task, failed.path("name").asText(), "FAILED");
      job.setAll((ObjectNode) failed.deepCopy());
    }
    return json;
  }

  private static ObjectNode addJob(ArrayNode jobs, Task task, String name, String status) {
    ObjectNode job = jobs.addObject().put("name", name).put("status", status);
    Fields.putTime(job, "start_time", task.running);
    Fields.putTime(job, "end_time", task.ended);
    job.put("command_line", "").put("retried", false).put("memoized", task.memoized);
    ObjectNode instance = job.putObject("instance").put("id", "i-" + task.id().substring(0, 8));
    instance.put("type", task.settings.path("instance_type").asText("c4.2xlarge"));
    instance.put("provider", "AWS");
    job.putObject("docker").putNull("checksum");
    job.putObject("logs");
    return job;
  }
}
