package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** Jobs as listing and describing show them. */
final class JobJson {
  private static final String EXITED = "Essential container in task exited";

  private static final JsonNode EC2 = JsonNodeFactory.instance.arrayNode().add("EC2");

  private final BatchRealm realm;

  JobJson(BatchRealm realm) {
    this.realm = realm;
  }

  String arn(Job job) {
    return realm.settings.arn("batch", "job/" + job.id());
  }

  ObjectNode listed(Job job) {
    Look look = job.look();
    ObjectNode shown = head(job, look);
    if (look.exit().isPresent()) {
      ObjectNode container = shown.putObject("container").put("exitCode", look.exit().get());
      reason(look).ifPresent(reason -> container.put("reason", reason));
    }
    return shown;
  }

  ObjectNode described(Job job) {
    Look look = job.look();
    ObjectNode body = job.make().body();
    ObjectNode definition = job.make().definition().body();
    ObjectNode shown = head(job, look).put("jobQueue", realm.queueArn());
    shown.set("dependsOn", JsonNodeFactory.instance.arrayNode());
    shown.putObject("parameters");
    shown.set("tags", either(body.path("tags"), Protocol.object()));
    shown.set("platformCapabilities", either(definition.path("platformCapabilities"), EC2));
    shown.putObject("retryStrategy").put("attempts", 1).putArray("evaluateOnExit");
    if (body.has("timeout")) {
      shown.set("timeout", body.path("timeout"));
    }
    ObjectNode container = container(job);
    ran(job, look, container);
    shown.set("container", container);
    shown.putArray("attempts");
    if (look.isOver() && look.started().isPresent()) {
      ObjectNode attempt = shown.withArray("attempts").addObject();
      ObjectNode there = attempt.putObject("container");
      ran(job, look, there);
      time(attempt, "startedAt", look.started());
      time(attempt, "stoppedAt", look.stopped());
      attempt.put("statusReason", statusReason(look));
    }
    return shown;
  }

  private ObjectNode head(Job job, Look look) {
    ObjectNode shown = Protocol.object().put("jobArn", arn(job)).put("jobId", job.id());
    shown.put("jobName", job.name()).put("status", look.status());
    shown.put("jobDefinition", job.make().definition().arn());
    shown.put("createdAt", job.make().created().toEpochMilli());
    time(shown, "startedAt", look.started());
    time(shown, "stoppedAt", look.stopped());
    String why = statusReason(look);
    if (!why.isEmpty()) {
      shown.put("statusReason", why);
    }
    return shown.put("isCancelled", job.isCancelled()).put("isTerminated", job.isTerminated());
  }

  private static void time(ObjectNode shown, String name, Optional<Instant> at) {
    at.ifPresent(time -> shown.put(name, time.toEpochMilli()));
  }

  /** A program that ended by itself says no more than that; why is the container's reason. */
  private static String statusReason(Look look) {
    boolean byItself = look.exit().isPresent() && (look.reason().isEmpty() || isContainers(look));
    return byItself ? EXITED : look.reason();
  }

  private static boolean isContainers(Look look) {
    return look.reason().startsWith("OutOfMemoryError");
  }

  private static Optional<String> reason(Look look) {
    return Optional.of(look.reason()).filter(reason -> isContainers(look));
  }

  private ObjectNode container(Job job) {
    ObjectNode container =
        ((ObjectNode) job.make().definition().body().path("containerProperties")).deepCopy();
    JsonNode over = job.make().body().path("containerOverrides");
    if (over.path("command").size() > 0) {
      container.set("command", over.path("command"));
    }
    for (JsonNode variable : over.path("environment")) {
      container.withArray("environment").add(variable);
    }
    if (over.path("resourceRequirements").size() > 0) {
      container.set("resourceRequirements", over.path("resourceRequirements"));
    }
    return container;
  }

  private void ran(Job job, Look look, ObjectNode container) {
    if (look.started().isPresent()) {
      String task = "task/AWSBatch-towpath-demo/" + job.make().task();
      container.put("taskArn", realm.settings.arn("ecs", task));
      container.put("logStreamName", Job.logStream(job.make()));
    }
    look.exit().ifPresent(code -> container.put("exitCode", code));
    reason(look).ifPresent(reason -> container.put("reason", reason));
  }

  private static JsonNode either(JsonNode first, JsonNode second) {
    return first.isMissingNode() ? second : first;
  }
}
