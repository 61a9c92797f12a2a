package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.util.List;
import java.util.stream.Stream;

/** Compute environments and the credentials behind them. */
final class ComputeRoutes {
  private final Account account;

  ComputeRoutes(Account account) {
    this.account = account;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("GET", "/compute-envs", this::list),
        Route.reading("GET", "/compute-envs/{computeEnvId}", this::describe),
        Route.mutating("POST", "/compute-envs/{computeEnvId}/primary", this::makePrimary),
        Route.reading("GET", "/credentials", this::credentials));
  }

  private Reply list(Call call) {
    Workspace workspace = account.of(call);
    boolean labels = Query.attributes(call).contains("labels");
    String status = call.query("status").orElse("");
    Stream<ComputeEnv> wanted =
        account.computeEnvs(workspace).stream()
            .filter(env -> status.isEmpty() || env.status().equals(status));
    return Answers.ok(
        "computeEnvs", Answers.array(wanted.map(env -> env.listed(workspace, labels))));
  }

  private Reply describe(Call call) {
    Workspace workspace = account.of(call);
    boolean labels = Query.attributes(call).contains("labels");
    return Answers.ok("computeEnv", find(call, workspace).detail(workspace, labels));
  }

  /** Each workspace's only usable environment is primary already, so nothing ever changes. */
  private Reply makePrimary(Call call) {
    if (!find(call, account.of(call)).available()) {
      throw Answers.badRequest("Only available compute environments can be set as primary");
    }
    return Answers.noContent();
  }

  private Reply credentials(Call call) {
    ObjectNode node = Answers.object();
    node.putArray("credentials");
    if (!account.computeEnvs(account.of(call)).isEmpty()) {
      ObjectNode one = Answers.object();
      one.put("id", ComputeEnv.CREDENTIALS).put("name", "demo-aws").put("provider", "aws");
      one.put("status", "AVAILABLE").put("dateCreated", "2026-01-15T09:20:00Z");
      one.put("lastUpdated", "2026-01-15T09:20:00Z");
      Answers.putNulls(one, "description", "baseUrl", "category", "lastUsed", "deleted", "message");
      one.set("keys", Answers.object().put("discriminator", "aws"));
      node.withArray("credentials").add(one);
    }
    return Reply.json(200, node);
  }

  private ComputeEnv find(Call call, Workspace workspace) {
    return account
        .computeEnv(workspace, call.variable("computeEnvId"))
        .orElseThrow(Answers::forbidden);
  }
}
