package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.util.List;
import java.util.Optional;

/** ECS: listing, looking at and stopping tasks. */
final class TaskRoutes {
  private static final Protocol WIRE = Protocol.JSON_1_1;
  private static final int MOST_DESCRIBED = 100;

  private final EcsRealm realm;
  private final TaskJson json;

  TaskRoutes(EcsRealm realm) {
    this.realm = realm;
    this.json = new TaskJson(realm);
  }

  List<Route> routes() {
    return List.of(
        Route.reading("POST", "/", this::list).labelled("ListTasks"),
        Route.reading("POST", "/", this::describe).labelled("DescribeTasks"),
        Route.mutating("POST", "/", this::stop).labelled("StopTask"));
  }

  private Reply list(Call call) {
    ObjectNode request = WIRE.body(call);
    realm.checkCluster(request);
    String startedBy = request.path("startedBy").asText("");
    String family = request.path("family").asText("");
    String desired = request.path("desiredStatus").asText("RUNNING");
    if (!startedBy.isEmpty() && (!family.isEmpty() || request.has("serviceName"))) {
      throw EcsRefusals.parameter("startedBy must be the only filter");
    }
    if (!List.of("RUNNING", "PENDING", "STOPPED").contains(desired)) {
      throw EcsRefusals.parameter("desiredStatus should be RUNNING, PENDING or STOPPED");
    }
    List<Task> found =
        realm.visible().stream()
            .filter(task -> startedBy.isEmpty() || task.startedBy().equals(startedBy))
            .filter(task -> family.isEmpty() || task.make().definition().name().equals(family))
            .filter(task -> json.shown(task).path("desiredStatus").asText().equals(desired))
            .toList();
    Page<Task> page = Page.of(found, request, Task::id, EcsRefusals::parameter);
    ObjectNode answer = Protocol.object();
    ArrayNode arns = answer.putArray("taskArns");
    page.items().forEach(task -> arns.add(realm.taskArn(task.id())));
    return WIRE.reply(200, page.into(answer));
  }

  private Reply describe(Call call) {
    ObjectNode request = WIRE.body(call);
    realm.checkCluster(request);
    List<String> asked = Work.texts(request.path("tasks"));
    if (asked.isEmpty() || asked.size() > MOST_DESCRIBED) {
      throw EcsRefusals.parameter("tasks should have from 1 to 100 entries");
    }
    boolean tagged = Work.texts(request.path("include")).contains("TAGS");
    ObjectNode answer = Protocol.object();
    ArrayNode tasks = answer.putArray("tasks");
    ArrayNode failures = answer.putArray("failures");
    for (String one : asked) {
      Optional<Task> task = realm.find(one);
      if (task.isPresent()) {
        tasks.add(tagged ? json.tagged(task.get()) : json.shown(task.get()));
      } else {
        String arn = one.contains("/") ? one : realm.taskArn(one);
        failures.addObject().put("arn", arn).put("reason", "MISSING");
      }
    }
    return WIRE.reply(200, answer);
  }

  /** Answers with the task also when there is nothing to stop any more. */
  private Reply stop(Call call) {
    ObjectNode request = WIRE.body(call);
    realm.checkCluster(request);
    Task task =
        realm
            .find(request.path("task").asText(""))
            .orElseThrow(() -> EcsRefusals.parameter("The referenced task was not found."));
    boolean changed = task.stop(request.path("reason").asText("Task stopped by user"));
    ObjectNode answer = Protocol.object();
    answer.set("task", json.shown(task));
    Reply reply = WIRE.reply(200, answer);
    return changed ? reply.changed("task", realm.taskArn(task.id()), task.startedBy()) : reply;
  }
}
