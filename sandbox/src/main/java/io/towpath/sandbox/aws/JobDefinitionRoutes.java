package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.aws.Definitions.Definition;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.util.List;

/** Batch: definitions of jobs, the queue and its environment. */
final class JobDefinitionRoutes {
  private static final Protocol WIRE = Protocol.REST_JSON;

  private final BatchRealm realm;

  JobDefinitionRoutes(BatchRealm realm) {
    this.realm = realm;
  }

  List<Route> routes() {
    return List.of(
        Route.mutating("POST", "/v1/registerjobdefinition", this::register),
        Route.mutating("POST", "/v1/deregisterjobdefinition", this::deregister),
        Route.reading("POST", "/v1/describejobdefinitions", this::describe),
        Route.reading("POST", "/v1/describejobqueues", this::queues),
        Route.reading("POST", "/v1/describecomputeenvironments", this::environments));
  }

  private Reply register(Call call) {
    ObjectNode request = WIRE.body(call);
    String name = request.path("jobDefinitionName").asText("");
    if (!name.matches("[A-Za-z0-9_-]{1,128}")) {
      throw BatchRefusals.client(
          "Job definition name should match valid pattern and be at most 128 characters");
    }
    if (!request.path("type").asText("").equals("container")) {
      throw BatchRefusals.client("Only the type container can be registered here");
    }
    JsonNode container = request.path("containerProperties");
    if (container.path("image").asText("").isEmpty()) {
      throw BatchRefusals.client("Container image should be specified");
    }
    JobSize size = JobSize.of(container.path("resourceRequirements"), JobSize.NONE);
    if (isFargate(request)) {
      size.checkForFargate();
      if (container.path("executionRoleArn").asText("").isEmpty()) {
        throw BatchRefusals.client("executionRoleArn is required for Fargate jobs");
      }
    }
    Definition made = realm.definitions.register(name, request);
    ObjectNode answer = Protocol.object().put("jobDefinitionName", name);
    answer.put("jobDefinitionArn", made.arn()).put("revision", made.revision());
    return WIRE.reply(200, answer).changed("jobDefinition", made.arn(), made.brief());
  }

  static boolean isFargate(ObjectNode definition) {
    return definition.path("platformCapabilities").toString().contains("\"FARGATE\"");
  }

  private Reply deregister(Call call) {
    String text = WIRE.body(call).path("jobDefinition").asText("");
    Definition found = realm.definitions.find(text).orElseThrow(() -> JobRoutes.noDefinition(text));
    realm.definitions.deregister(found);
    return WIRE.reply(200, Protocol.object()).changed("jobDefinition", found.arn(), found.brief());
  }

  private Reply describe(Call call) {
    ObjectNode request = WIRE.body(call);
    String name = request.path("jobDefinitionName").asText("");
    String status = request.path("status").asText("");
    List<String> asked = Work.texts(request.path("jobDefinitions"));
    List<Definition> found =
        realm.definitions.all().stream()
            .filter(one -> name.isEmpty() || one.name().equals(name))
            .filter(one -> status.isEmpty() || status(one).equals(status))
            .filter(
                one -> asked.isEmpty() || asked.contains(one.arn()) || asked.contains(one.brief()))
            .toList();
    Page<Definition> page = Page.of(found, request, Definition::arn, BatchRefusals::client);
    ObjectNode answer = Protocol.object();
    ArrayNode shown = answer.putArray("jobDefinitions");
    page.items().forEach(one -> shown.add(shown(one)));
    return WIRE.reply(200, page.into(answer));
  }

  private static String status(Definition definition) {
    return definition.active() ? "ACTIVE" : "INACTIVE";
  }

  private static ObjectNode shown(Definition definition) {
    ObjectNode shown = definition.body().deepCopy();
    if (!shown.has("platformCapabilities")) {
      shown.putArray("platformCapabilities").add("EC2");
    }
    return shown
        .put("jobDefinitionArn", definition.arn())
        .put("revision", definition.revision())
        .put("status", status(definition))
        .put("containerOrchestrationType", "ECS");
  }

  private Reply queues(Call call) {
    ObjectNode request = WIRE.body(call);
    ObjectNode answer = Protocol.object();
    ArrayNode shown = answer.putArray("jobQueues");
    if (isAsked(request.path("jobQueues"), BatchRealm.QUEUE, realm.queueArn())) {
      ObjectNode queue = shown.addObject();
      queue.put("jobQueueName", BatchRealm.QUEUE).put("jobQueueArn", realm.queueArn());
      queue.put("state", "ENABLED").put("status", "VALID").put("priority", 1);
      queue.put("statusReason", "JobQueue Healthy").put("jobQueueType", "ECS");
      ObjectNode first = queue.putArray("computeEnvironmentOrder").addObject();
      first.put("order", 1).put("computeEnvironment", environmentArn());
      queue.putObject("tags");
    }
    return WIRE.reply(200, answer);
  }

  private String environmentArn() {
    return realm.settings.arn("batch", "compute-environment/" + BatchRealm.QUEUE);
  }

  private Reply environments(Call call) {
    ObjectNode request = WIRE.body(call);
    ObjectNode answer = Protocol.object();
    ArrayNode shown = answer.putArray("computeEnvironments");
    if (isAsked(request.path("computeEnvironments"), BatchRealm.QUEUE, environmentArn())) {
      ObjectNode environment = shown.addObject();
      environment.put("computeEnvironmentName", BatchRealm.QUEUE);
      environment.put("computeEnvironmentArn", environmentArn()).put("type", "MANAGED");
      environment.put("state", "ENABLED").put("status", "VALID");
      environment.put("statusReason", "ComputeEnvironment Healthy");
      ObjectNode resources = environment.putObject("computeResources");
      resources.put("type", "EC2").put("minvCpus", 0).put("maxvCpus", 256);
      resources.putArray("instanceTypes").add("r4.16xlarge");
      environment.put("containerOrchestrationType", "ECS");
    }
    return WIRE.reply(200, answer);
  }

  private static boolean isAsked(JsonNode asked, String name, String arn) {
    List<String> names = Work.texts(asked);
    return names.isEmpty() || names.contains(name) || names.contains(arn);
  }
}
