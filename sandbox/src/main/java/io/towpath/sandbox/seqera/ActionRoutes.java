package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Actions: stored launches whose parameters alone can be changed, and which cannot be named. */
final class ActionRoutes {
  private record Action(
      String id, long workspaceId, String name, ObjectNode launch, Instant created) {
    ObjectNode json() {
      ObjectNode node = Answers.object().put("id", id).put("name", name);
      node.put("pipeline", launch.path("pipeline").asText()).put("source", "tower");
      node.put("status", "ACTIVE").put("dateCreated", Answers.time(created));
      Answers.putNulls(node, "lastSeen", "config", "event", "error", "labels", "nextExecution");
      return node.put("endpoint", "/actions/" + id + "/launch").putNull("usageCmd");
    }
  }

  private final Account account;
  private final Launcher launcher;
  private final Ids ids;
  private final InstantSource clock;
  private final List<Action> actions = new ArrayList<>();

  ActionRoutes(Account account, Launcher launcher, Ids ids, InstantSource clock) {
    this.account = account;
    this.launcher = launcher;
    this.ids = ids;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("GET", "/actions", this::list),
        Route.mutating("POST", "/actions", this::create),
        Route.mutating("POST", "/actions/{actionId}/launch", this::launch));
  }

  private synchronized List<Action> of(Workspace workspace) {
    return actions.stream().filter(action -> action.workspaceId() == workspace.id()).toList();
  }

  private Reply list(Call call) {
    return Answers.ok("actions", Answers.array(of(account.of(call)).stream().map(Action::json)));
  }

  private synchronized Reply create(Call call) {
    Workspace workspace = account.of(call);
    ObjectNode body = Query.body(call);
    String name = Query.text(body, "name");
    if (name.isBlank() || !(body.path("launch") instanceof ObjectNode launch)) {
      throw Answers.badRequest("An action needs a name and a launch");
    }
    if (of(workspace).stream().anyMatch(action -> action.name().equals(name))) {
      throw Answers.badRequest("An action with name '" + name + "' already exists");
    }
    Action action =
        new Action(ids.base62(), workspace.id(), name, launch.deepCopy(), clock.instant());
    actions.add(action);
    return Reply.json(200, Answers.object().put("actionId", action.id()))
        .changed("action", action.id(), name);
  }

  private Reply launch(Call call) {
    Workspace workspace = account.of(call);
    Action action =
        of(workspace).stream()
            .filter(known -> known.id().equals(call.variable("actionId")))
            .findFirst()
            .orElseThrow(Answers::forbidden);
    ObjectNode request = action.launch().deepCopy();
    request.remove(List.of("runName", "sessionId", "id"));
    JsonNode params = Query.body(call).path("params");
    if (params.isObject()) {
      request.put("paramsText", params.toString());
    }
    Run run = launcher.launch(workspace, request, call.hideFor());
    return Reply.json(200, Answers.object().put("workflowId", run.id()))
        .changed("workflow", run.id(), run.identity().runName());
  }
}
