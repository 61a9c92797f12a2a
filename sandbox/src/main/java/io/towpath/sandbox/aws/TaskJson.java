package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** Tasks as running, describing and stopping show them. */
final class TaskJson {
  private static final String EXITED = "Essential container in task exited";
  private static final double MILLIS = 1000;

  private final EcsRealm realm;

  TaskJson(EcsRealm realm) {
    this.realm = realm;
  }

  ObjectNode shown(Task task) {
    return shown(task, task.look());
  }

  /** The same with the tags, which a task loses when it is stopped. */
  ObjectNode tagged(Task task) {
    ObjectNode shown = shown(task);
    JsonNode tags = task.make().body().path("tags");
    if (tags.isArray() && task.stopReason().isEmpty()) {
      shown.set("tags", tags);
    }
    return shown;
  }

  /** As it was at its beginning: what RunTask answers. */
  ObjectNode begun(Task task) {
    Optional<Instant> never = Optional.empty();
    return shown(task, new Look("PROVISIONING", never, never, Optional.empty(), ""));
  }

  private ObjectNode shown(Task task, Look look) {
    ObjectNode body = task.make().body();
    ObjectNode definition = task.make().definition().body();
    boolean ends = look.isOver() || task.stopReason().isPresent();
    ObjectNode shown = Protocol.object().put("taskArn", realm.taskArn(task.id()));
    shown.put("clusterArn", realm.clusterArn());
    shown.put("taskDefinitionArn", task.make().definition().arn());
    shown.put("lastStatus", look.status()).put("desiredStatus", ends ? "STOPPED" : "RUNNING");
    shown.put("launchType", launchType(body)).put("version", ends ? 2 : 1);
    shown.put("group", body.path("group").asText("family:" + task.make().definition().name()));
    if (!task.startedBy().isEmpty()) {
      shown.put("startedBy", task.startedBy());
    }
    copy(definition, shown, "cpu");
    copy(definition, shown, "memory");
    copy(body.path("overrides"), shown, "cpu");
    copy(body.path("overrides"), shown, "memory");
    JsonNode overrides = body.path("overrides");
    shown.set("overrides", overrides.isObject() ? overrides : Protocol.object());
    time(shown, "createdAt", Optional.of(task.make().created()));
    time(shown, "startedAt", look.started());
    time(shown, "stoppingAt", look.stopped());
    time(shown, "executionStoppedAt", look.stopped());
    time(shown, "stoppedAt", look.stopped());
    shown.putArray("attachments");
    shown.putArray("tags");
    definition
        .path("containerDefinitions")
        .forEach(one -> shown.withArray("containers").add(container(task, look, one)));
    if (ends) {
      stop(task, look, shown);
    }
    return shown;
  }

  static String launchType(ObjectNode request) {
    String provider = request.at("/capacityProviderStrategy/0/capacityProvider").asText("");
    return provider.startsWith("FARGATE") ? "FARGATE" : request.path("launchType").asText("EC2");
  }

  private static void copy(JsonNode from, ObjectNode to, String name) {
    if (from.hasNonNull(name)) {
      to.put(name, from.path(name).asText());
    }
  }

  private static void time(ObjectNode shown, String name, Optional<Instant> at) {
    at.ifPresent(time -> shown.put(name, time.toEpochMilli() / MILLIS));
  }

  private ObjectNode container(Task task, Look look, JsonNode definition) {
    String name = definition.path("name").asText();
    ObjectNode container = Protocol.object();
    String id = EcsRealm.CLUSTER + "/" + task.id() + "/" + name;
    container.put("containerArn", realm.settings.arn("ecs", "container/" + id));
    container.put("taskArn", realm.taskArn(task.id())).put("name", name);
    container.put("image", definition.path("image").asText());
    container.put(
        "lastStatus", look.isOver() || look.started().isPresent() ? look.status() : "PENDING");
    look.started().ifPresent(ran -> container.put("runtimeId", task.id() + "-0"));
    if (look.started().isPresent() && !task.make().imageDigest().isEmpty()) {
      container.put("imageDigest", task.make().imageDigest());
    }
    look.exit().ifPresent(code -> container.put("exitCode", code));
    boolean told = look.isOver() && !look.reason().isEmpty() && task.stopReason().isEmpty();
    if (told) {
      container.put("reason", look.reason());
    }
    return container;
  }

  /** Why a task ended: somebody stopped it, its program did, or something below it. */
  private static void stop(Task task, Look look, ObjectNode shown) {
    if (task.stopReason().isPresent()) {
      shown.put("stopCode", "UserInitiated").put("stoppedReason", task.stopReason().get());
    } else if (look.exit().isPresent()) {
      shown.put("stopCode", "EssentialContainerExited").put("stoppedReason", EXITED);
    } else {
      shown.put("stopCode", stopCode(look)).put("stoppedReason", look.reason());
    }
  }

  private static String stopCode(Look look) {
    if (look.started().isEmpty()) {
      return "TaskFailedToStart";
    }
    return look.reason().contains("Spot") ? "SpotInterruption" : "InfrastructureHealth";
  }
}
