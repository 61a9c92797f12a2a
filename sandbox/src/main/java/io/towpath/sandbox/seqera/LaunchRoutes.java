package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.util.List;

/** Launching, and launches by id. */
final class LaunchRoutes {
  private final Account account;
  private final Launcher launcher;
  private final Launchpad launchpad;
  private final Runs runs;
  private final Ids ids;

  LaunchRoutes(Account account, Launcher launcher, Launchpad launchpad, Runs runs, Ids ids) {
    this.account = account;
    this.launcher = launcher;
    this.launchpad = launchpad;
    this.runs = runs;
    this.ids = ids;
  }

  List<Route> routes() {
    return List.of(
        Route.mutating("POST", "/workflow/launch", this::launch),
        Route.reading("GET", "/workflow/validate", this::validate),
        Route.reading("GET", "/workflow/random-name", call -> Answers.ok("name", randomName())),
        Route.reading("GET", "/launch/{launchId}", this::describe),
        Route.reading("GET", "/launch/{launchId}/datasets", this::datasets));
  }

  private Reply launch(Call call) {
    Workspace workspace = account.of(call);
    if (!(Query.body(call).path("launch") instanceof ObjectNode request)) {
      throw Answers.badRequest("Missing launch object");
    }
    Run run = launcher.launch(workspace, request, call.hideFor());
    return Reply.json(200, Answers.object().put("workflowId", run.id()))
        .changed("workflow", run.id(), run.identity().runName());
  }

  private Reply validate(Call call) {
    String runName = call.query("runName").orElse("");
    RunName.check(runName);
    boolean taken = call.query("sessionId").filter(id -> runs.taken(runName, id)).isPresent();
    if (taken) {
      throw Answers.conflict("Existing run name and session ID combination in the system");
    }
    return Answers.noContent();
  }

  private com.fasterxml.jackson.databind.JsonNode randomName() {
    return Answers.object().textNode(ids.runName());
  }

  private Reply describe(Call call) {
    return Answers.ok("launch", LaunchJson.stored(find(call)));
  }

  /** Datasets are told by the download URLs in the parameters. */
  private Reply datasets(Call call) {
    find(call);
    ObjectNode node = Answers.object().put("totalSize", 0);
    node.putArray("versions");
    return Reply.json(200, node);
  }

  private Launch find(Call call) {
    Workspace workspace = account.of(call);
    String id = call.variable("launchId");
    return launchpad
        .byLaunch(workspace, id)
        .map(Launchpad.Entry::launch)
        .or(() -> runs.launch(workspace, id))
        .orElseThrow(Answers::forbidden);
  }
}
