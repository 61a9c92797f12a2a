package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.engine.RunState;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;
import io.towpath.sandbox.http.Route;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs: list and search, detail, progress, cancel and delete. */
final class RunRoutes {
  private final Account account;
  private final Runs runs;
  private final RunSearch search;
  private final WorkflowJson json;
  private final InstantSource clock;

  RunRoutes(Account account, Runs runs, RunSearch search, WorkflowJson json, InstantSource clock) {
    this.account = account;
    this.runs = runs;
    this.search = search;
    this.json = json;
    this.clock = clock;
  }

  List<Route> routes() {
    String one = "/workflow/{workflowId}";
    return List.of(
        Route.reading("GET", "/workflow", this::list),
        Route.mutating("POST", "/workflow/delete", this::deleteMany),
        Route.reading("GET", one, this::describe),
        Route.mutating("DELETE", one, this::delete),
        Route.reading(
            "GET", one + "/launch", call -> Answers.ok("launch", LaunchJson.ofRun(find(call)))),
        Route.reading("GET", one + "/progress", this::progress),
        Route.mutating("POST", one + "/cancel", this::cancel),
        Route.reading("GET", one + "/star", this::starred),
        Route.mutating("POST", one + "/star", call -> star(call, true)),
        Route.mutating("DELETE", one + "/star", call -> star(call, false)));
  }

  /**
   * The total is only told when asked for, and the list is the last key, as older clients need it.
   */
  private Reply list(Call call) {
    Query.Page page = Query.page(call);
    Set<String> attributes = Query.attributes(call);
    List<Run> found =
        runs.listed(account.of(call), clock.instant()).stream()
            .filter(search.parse(call.query("search").orElse("")))
            .toList();
    ObjectNode node = Answers.object().put("hasMore", page.hasMoreThan(found));
    if (Query.flag(call, "includeTotalSize")) {
      node.put("totalSize", found.size());
    }
    node.set(
        "workflows",
        Answers.array(page.of(found).stream().map(run -> json.listed(run, attributes))));
    return Reply.json(200, node);
  }

  private Reply describe(Call call) {
    return Reply.json(200, json.detail(find(call), Query.attributes(call)));
  }

  private Reply progress(Call call) {
    RunState state = find(call).look();
    return Answers.ok("progress", ProgressJson.progress(state, clock.instant()));
  }

  /** Accepted also of ended runs; what it does shows later. */
  private Reply cancel(Call call) {
    Run run = find(call);
    if (run.look().ended()) {
      return Answers.noContent();
    }
    run.execution().cancel();
    return Answers.noContent().changed("workflow", run.id(), run.identity().runName());
  }

  private Reply delete(Call call) {
    Run run = find(call);
    if (!deletable(run, call)) {
      throw Answers.badRequest("Cannot delete a workflow that is still active: " + run.id());
    }
    remove(run);
    return Answers.noContent().changed("workflow", run.id(), run.identity().runName());
  }

  private Reply deleteMany(Call call) {
    Workspace workspace = account.of(call);
    List<String> failed = new ArrayList<>();
    List<String> deleted = new ArrayList<>();
    for (String id : Query.texts(Query.body(call), "workflowIds")) {
      try {
        Run run = runs.get(workspace, id);
        if (deletable(run, call)) {
          remove(run);
          deleted.add(id);
        } else {
          failed.add(id);
        }
      } catch (ReplyException unknown) {
        failed.add(id);
      }
    }
    Reply reply = Answers.ok("failedWorkflowIds", Answers.texts(failed));
    String ids = String.join(",", deleted);
    return deleted.isEmpty() ? reply : reply.changed("workflow", ids, ids);
  }

  private static boolean deletable(Run run, Call call) {
    return run.look().ended() || Query.flag(call, "force");
  }

  private void remove(Run run) {
    run.execution().cancel();
    runs.delete(run);
  }

  private Reply starred(Call call) {
    Run run = find(call);
    if (!run.starred()) {
      return Answers.message(404, "Workflow is not starred");
    }
    return Reply.json(200, Answers.object().put("workflowId", run.id()));
  }

  private Reply star(Call call, boolean on) {
    Run run = find(call);
    if (run.starred() == on) {
      return Answers.message(on ? 409 : 404, on ? "Already starred" : "Workflow is not starred");
    }
    run.star(on);
    return Reply.json(200, Answers.object().put("workflowId", run.id()))
        .changed("workflow", run.id(), run.identity().runName());
  }

  private Run find(Call call) {
    return runs.get(account.of(call), call.variable("workflowId"));
  }
}
