package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.aws.Definitions.Definition;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.image.ImageName;
import io.towpath.sandbox.image.Output;
import io.towpath.sandbox.image.Puller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** ECS: running tasks. */
final class RunTaskRoute {
  private static final Protocol WIRE = Protocol.JSON_1_1;

  /** First statuses of a plan that are reasons why nothing is placed. */
  private static final Pattern NOT_PLACED =
      Pattern.compile("(RESOURCE|ATTRIBUTE):.+|AGENT|LOCATION");

  private final EcsRealm realm;
  private final TaskJson json;
  private final ClientTokens tokens;

  RunTaskRoute(EcsRealm realm) {
    this.realm = realm;
    this.json = new TaskJson(realm);
    this.tokens = new ClientTokens(realm.settings.clock(), realm.settings.times().tokenLife());
  }

  List<Route> routes() {
    return List.of(Route.mutating("POST", "/", this::run).labelled("RunTask"));
  }

  /** One after the other: two calls with one token must not both be the first. */
  private synchronized Reply run(Call call) {
    ObjectNode request = WIRE.body(call);
    realm.checkCluster(request);
    RunTaskRules.check(request);
    Optional<ClientTokens.Use> first = tokens.first(request);
    if (first.isPresent()) {
      return again(first.get(), request);
    }
    Definition definition = definition(request);
    RunTaskRules.check(request, definition);
    ObjectNode answer = Protocol.object();
    ArrayNode tasks = answer.putArray("tasks");
    ArrayNode failures = answer.putArray("failures");
    for (int i = 0; i < request.path("count").asInt(1); i++) {
      Optional<List<Plans.Step>> plan =
          realm.courses.plan("ecs", request.path("startedBy").asText(""));
      Optional<String> reason = notPlaced(plan, request, definition);
      if (reason.isPresent()) {
        failures.addObject().put("arn", instanceArn()).put("reason", reason.get());
      } else {
        tasks.add(json.begun(start(call, request, definition, plan)));
      }
    }
    tokens.remember(request, answer);
    Reply reply = WIRE.reply(200, answer);
    String name = request.path("startedBy").asText("");
    return tasks.isEmpty()
        ? reply
        : reply.changed("task", tasks.path(0).path("taskArn").asText(), name);
  }

  /** The first answer again, or a conflict that names what was run. */
  private static Reply again(ClientTokens.Use first, ObjectNode request) {
    if (first.request().equals(ClientTokens.parameters(request))) {
      return WIRE.reply(200, first.answer());
    }
    ObjectNode body =
        Protocol.object()
            .put(
                "message",
                "The clientToken was used before with other parameters; tasks that it ran are"
                    + " listed.");
    ArrayNode ids = body.putArray("resourceIds");
    first.answer().path("tasks").forEach(task -> ids.add(task.path("taskArn")));
    return WIRE.error(400, body, "ConflictException");
  }

  private Definition definition(ObjectNode request) {
    Definition definition =
        realm
            .definitions
            .find(request.path("taskDefinition").asText(""))
            .orElseThrow(() -> EcsRefusals.client("TaskDefinition not found."));
    if (!definition.active()) {
      throw EcsRefusals.client("TaskDefinition is inactive");
    }
    return definition;
  }

  private static Optional<String> notPlaced(
      Optional<List<Plans.Step>> plan, ObjectNode request, Definition definition) {
    if (plan.isPresent()) {
      return Optional.of(plan.get().get(0).status())
          .filter(status -> NOT_PLACED.matcher(status).matches());
    }
    boolean onInstance = !TaskJson.launchType(request).equals("FARGATE");
    boolean tooLarge = RunTaskRules.memory(request, definition) > EcsRealm.MOST_MEMORY;
    return onInstance && tooLarge ? Optional.of("RESOURCE:MEMORY") : Optional.empty();
  }

  private String instanceArn() {
    return realm.settings.arn("ecs", "container-instance/" + EcsRealm.CLUSTER + "/only");
  }

  private Task start(
      Call call, ObjectNode request, Definition definition, Optional<List<Plans.Step>> plan) {
    String id = UUID.randomUUID().toString().replace("-", "");
    Work work = work(id, request, definition.body().at("/containerDefinitions/0"));
    Instant now = realm.settings.clock().instant();
    Instant visible = now.plus(realm.settings.times().listLag()).plus(call.hideFor());
    Task.Make make =
        new Task.Make(id, definition, request, now, visible, imageDigest(work.image()));
    Task task = new Task(make, realm.courses.begin(Words.ECS, work, plan));
    realm.tasks.add(task);
    return task;
  }

  /** Of several containers the first is run: it is the essential one. */
  private Work work(String id, ObjectNode request, JsonNode container) {
    String name = container.path("name").asText();
    JsonNode over = override(request, name);
    boolean ownCommand = over.path("command").size() > 0;
    return new Work(
        "task-" + id,
        container.path("image").asText(),
        Work.texts(container.path("entryPoint")),
        Work.texts(ownCommand ? over.path("command") : container.path("command")),
        Work.environment(container.path("environment"), over.path("environment")),
        container.path("secrets"),
        output(id, name, container.path("logConfiguration")));
  }

  private static JsonNode override(ObjectNode request, String name) {
    for (JsonNode over : request.at("/overrides/containerOverrides")) {
      if (over.path("name").asText().equals(name)) {
        return over;
      }
    }
    return JsonNodeFactory.instance.missingNode();
  }

  private Output output(String id, String name, JsonNode logs) {
    JsonNode options = logs.path("options");
    String prefix = options.path("awslogs-stream-prefix").asText("");
    return logs.path("logDriver").asText().equals("awslogs")
        ? realm.logs.open(
            options.path("awslogs-group").asText(),
            (prefix.isEmpty() ? "" : prefix + "/" + name + "/") + id)
        : new Output(realm.settings.clock());
  }

  private String imageDigest(String image) {
    Optional<ImageName> name = ImageName.parse(image);
    if (name.isEmpty()) {
      return "";
    }
    Puller puller = realm.settings.programs().puller();
    try {
      return puller.pull(name.get(), Puller.architecture()).digest();
    } catch (Puller.NotPulled unknown) {
      return name.get().digest().orElse("");
    }
  }
}
