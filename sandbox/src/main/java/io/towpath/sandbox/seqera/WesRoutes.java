package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.engine.RunState;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;
import io.towpath.sandbox.http.Route;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The GA4GH WES face: a run without name, resume or labels. */
final class WesRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "/ga4gh/wes/v1";

  private final Account account;
  private final Launcher launcher;
  private final Runs runs;
  private final InstantSource clock;

  WesRoutes(Account account, Launcher launcher, Runs runs, InstantSource clock) {
    this.account = account;
    this.launcher = launcher;
    this.runs = runs;
    this.clock = clock;
  }

  List<Route> routes() {
    String one = BASE + "/runs/{run_id}";
    return List.of(
        Route.reading("GET", BASE + "/service-info", call -> serviceInfo()),
        Route.reading("GET", BASE + "/runs", call -> list()),
        Route.mutating("POST", BASE + "/runs", call -> inWords(() -> create(call))),
        Route.reading("GET", one, call -> inWords(() -> describe(call))),
        Route.reading(
            "GET", one + "/status", call -> inWords(() -> Reply.json(200, status(find(call))))),
        Route.mutating("POST", one + "/cancel", call -> inWords(() -> cancel(call))));
  }

  /** Writes the platform's refusals in the form of GA4GH. */
  private static Reply inWords(Supplier<Reply> answer) throws IOException {
    try {
      return answer.get();
    } catch (ReplyException refusal) {
      Reply reply = refusal.reply();
      String message = JSON.readTree(reply.body()).path("message").asText();
      ObjectNode told = Answers.object().put("msg", message).put("status_code", reply.status());
      return Reply.json(reply.status(), told);
    }
  }

  private static Reply serviceInfo() {
    ObjectNode node = Answers.object();
    node.set("supported_wes_versions", Answers.texts(List.of("1.0.0")));
    ObjectNode versions = Answers.object();
    versions.putObject("NEXTFLOW").putArray("workflow_type_version").add("DSL2");
    return Reply.json(200, node.set("workflow_type_versions", versions));
  }

  private Reply list() {
    ObjectNode node = Answers.object();
    node.set("runs", Answers.array(all().map(WesRoutes::status)));
    return Reply.json(200, node.put("next_page_token", ""));
  }

  private Reply create(Call call) {
    ObjectNode body = Query.body(call);
    JsonNode engine = body.path("workflow_engine_parameters");
    Workspace workspace =
        engine.hasNonNull("workspaceId")
            ? account.byId(engine.path("workspaceId").asLong())
            : account.personal();
    String wanted = Query.text(engine, "computeEnvId");
    ComputeEnv env =
        account.computeEnvs(workspace).stream()
            .filter(one -> wanted.isEmpty() ? one.primary() : one.id().equals(wanted))
            .findFirst()
            .orElseThrow(() -> Answers.badRequest("No compute environment"));
    ObjectNode request = Answers.object();
    request.put("computeEnvId", env.id()).put("workDir", env.workDir());
    request.put("pipeline", Query.text(body, "workflow_url"));
    request.put("paramsText", Query.text(body, "workflow_params"));
    Run run = launcher.launch(workspace, request, call.hideFor());
    return Reply.json(200, Answers.object().put("run_id", run.id()))
        .changed("workflow", run.id(), run.identity().runName());
  }

  private Reply describe(Call call) {
    Run run = find(call);
    RunState state = run.look();
    ObjectNode node = status(run);
    ObjectNode log = Answers.object().put("name", run.identity().runName());
    log.put("start_time", state.start().map(Answers::time).orElse(null));
    log.put("end_time", state.complete().map(Answers::time).orElse(null));
    log.put("exit_code", state.outcome().exitStatus().orElse(null));
    node.set("run_log", log);
    ObjectNode request = Answers.object().put("workflow_url", run.launch().pipeline());
    request
        .put("workflow_params", run.launch().text("paramsText"))
        .put("workflow_type", "NEXTFLOW");
    node.set("request", request);
    node.set("task_logs", Answers.array(Stream.empty()));
    return Reply.json(200, node.set("outputs", Answers.object()));
  }

  private Reply cancel(Call call) {
    Run run = find(call);
    Reply reply = Reply.json(200, Answers.object().put("run_id", run.id()));
    if (run.look().ended()) {
      return reply;
    }
    run.execution().cancel();
    return reply.changed("workflow", run.id(), run.identity().runName());
  }

  private static ObjectNode status(Run run) {
    String state =
        switch (run.look().status()) {
          case "SUBMITTED" -> "QUEUED";
          case "RUNNING" -> "RUNNING";
          case "SUCCEEDED" -> "COMPLETE";
          case "FAILED" -> "EXECUTOR_ERROR";
          case "CANCELLED" -> "CANCELED";
          default -> "UNKNOWN";
        };
    return Answers.object().put("run_id", run.id()).put("state", state);
  }

  private Stream<Run> all() {
    return Stream.concat(Stream.of(account.personal()), account.workspaces().stream())
        .flatMap(workspace -> runs.listed(workspace, clock.instant()).stream());
  }

  private Run find(Call call) {
    return all()
        .filter(run -> run.id().equals(call.variable("run_id")))
        .findFirst()
        .orElseThrow(() -> Answers.badRequest("Unknown run"));
  }
}
