package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.aws.Definitions.Definition;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.util.List;

/** ECS: definitions of tasks, and the cluster. */
final class TaskDefinitionRoutes {
  private static final Protocol WIRE = Protocol.JSON_1_1;

  private final EcsRealm realm;

  TaskDefinitionRoutes(EcsRealm realm) {
    this.realm = realm;
  }

  List<Route> routes() {
    return List.of(
        Route.mutating("POST", "/", this::register).labelled("RegisterTaskDefinition"),
        Route.mutating("POST", "/", this::deregister).labelled("DeregisterTaskDefinition"),
        Route.reading("POST", "/", this::describe).labelled("DescribeTaskDefinition"),
        Route.reading("POST", "/", this::list).labelled("ListTaskDefinitions"),
        Route.reading("POST", "/", this::clusters).labelled("DescribeClusters"));
  }

  private Reply register(Call call) {
    ObjectNode request = WIRE.body(call);
    String family = request.path("family").asText("");
    if (!family.matches("[A-Za-z0-9_-]{1,255}")) {
      throw EcsRefusals.client("Family contains invalid characters or is not set.");
    }
    JsonNode containers = request.path("containerDefinitions");
    if (containers.isEmpty()) {
      throw EcsRefusals.client("Container list cannot be empty.");
    }
    boolean fargate = request.path("requiresCompatibilities").toString().contains("FARGATE");
    for (JsonNode container : containers) {
      check(container, request.hasNonNull("memory"));
    }
    if (fargate) {
      checkFargate(request);
    }
    Definition made = realm.definitions.register(family, request);
    return WIRE.reply(200, shown(made)).changed("taskDefinition", made.arn(), made.brief());
  }

  private static void check(JsonNode container, boolean sized) {
    if (container.path("image").asText("").isEmpty()) {
      throw EcsRefusals.client("Container.image should not be null or empty.");
    }
    if (container.path("name").asText("").isEmpty()) {
      throw EcsRefusals.client("Container.name should not be null or empty.");
    }
    if (!sized && !container.has("memory") && !container.has("memoryReservation")) {
      throw EcsRefusals.client(
          "Invalid setting for container '"
              + container.path("name").asText()
              + "'. At least one of 'memory' or 'memoryReservation' must be specified.");
    }
  }

  private static void checkFargate(ObjectNode request) {
    if (!request.path("networkMode").asText("").equals("awsvpc")) {
      throw EcsRefusals.client("Fargate only supports network mode ‘awsvpc’.");
    }
    RunTaskRules.checkSize(request.path("cpu").asText(""), request.path("memory").asText(""));
    boolean needsRole =
        request.toString().contains("\"secrets\"") || request.toString().contains("\"awslogs\"");
    if (needsRole && request.path("executionRoleArn").asText("").isEmpty()) {
      throw EcsRefusals.client(
          "Fargate requires task definition to have execution role ARN to support log driver"
              + " awslogs and secrets.");
    }
  }

  private Reply deregister(Call call) {
    Definition gone = realm.definitions.deregister(find(WIRE.body(call)));
    return WIRE.reply(200, shown(gone)).changed("taskDefinition", gone.arn(), gone.brief());
  }

  private Reply describe(Call call) {
    ObjectNode answer = shown(find(WIRE.body(call)));
    answer.putArray("tags");
    return WIRE.reply(200, answer);
  }

  private Definition find(ObjectNode request) {
    return realm
        .definitions
        .find(request.path("taskDefinition").asText(""))
        .orElseThrow(() -> EcsRefusals.client("Unable to describe task definition."));
  }

  private static ObjectNode shown(Definition definition) {
    ObjectNode answer = Protocol.object();
    ObjectNode shown = definition.body().deepCopy();
    shown.remove("tags");
    shown.put("taskDefinitionArn", definition.arn()).put("revision", definition.revision());
    shown.put("status", status(definition));
    answer.set("taskDefinition", shown);
    return answer;
  }

  private static String status(Definition definition) {
    return definition.active() ? "ACTIVE" : "INACTIVE";
  }

  /** The prefix is a whole family's name. */
  private Reply list(Call call) {
    ObjectNode request = WIRE.body(call);
    String family = request.path("familyPrefix").asText("");
    String status = request.path("status").asText("ACTIVE");
    List<Definition> found =
        realm.definitions.all().stream()
            .filter(one -> family.isEmpty() || one.name().equals(family))
            .filter(one -> status(one).equals(status))
            .toList();
    Page<Definition> page = Page.of(found, request, Definition::arn, EcsRefusals::parameter);
    ObjectNode answer = Protocol.object();
    ArrayNode arns = answer.putArray("taskDefinitionArns");
    page.items().forEach(one -> arns.add(one.arn()));
    return WIRE.reply(200, page.into(answer));
  }

  private Reply clusters(Call call) {
    List<String> asked = Work.texts(WIRE.body(call).path("clusters"));
    ObjectNode answer = Protocol.object();
    ArrayNode clusters = answer.putArray("clusters");
    ArrayNode failures = answer.putArray("failures");
    for (String one : asked.isEmpty() ? List.of("default") : asked) {
      if (one.equals(EcsRealm.CLUSTER) || one.equals(realm.clusterArn())) {
        clusters
            .addObject()
            .put("clusterArn", realm.clusterArn())
            .put("clusterName", EcsRealm.CLUSTER)
            .put("status", "ACTIVE")
            .put("registeredContainerInstancesCount", 1)
            .put("runningTasksCount", running());
      } else {
        String arn = realm.settings.arn("ecs", "cluster/" + one);
        failures.addObject().put("arn", arn).put("reason", "MISSING");
      }
    }
    return WIRE.reply(200, answer);
  }

  private int running() {
    return (int) realm.visible().stream().filter(task -> !task.look().isOver()).count();
  }
}
