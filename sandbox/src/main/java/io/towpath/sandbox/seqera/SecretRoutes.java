package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Pipeline secrets: names only, their values are taken and never shown or kept. */
final class SecretRoutes {
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{1,48}");

  private record Secret(long id, long workspaceId, String name, Instant created) {
    ObjectNode json() {
      ObjectNode node = Answers.object().put("id", id).put("name", name);
      node.put("dateCreated", Answers.time(created)).put("lastUpdated", Answers.time(created));
      return node.putNull("lastUsed");
    }
  }

  private final Account account;
  private final Ids ids;
  private final InstantSource clock;
  private final List<Secret> secrets = new ArrayList<>();

  SecretRoutes(Account account, Ids ids, InstantSource clock) {
    this.account = account;
    this.ids = ids;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("GET", "/pipeline-secrets", this::list),
        Route.mutating("POST", "/pipeline-secrets", this::create));
  }

  private synchronized List<Secret> of(Workspace workspace) {
    return secrets.stream().filter(secret -> secret.workspaceId() == workspace.id()).toList();
  }

  private Reply list(Call call) {
    List<Secret> found = of(account.of(call));
    ObjectNode node = Answers.object().put("totalSize", found.size());
    node.set("pipelineSecrets", Answers.array(found.stream().map(Secret::json)));
    return Reply.json(200, node);
  }

  private synchronized Reply create(Call call) {
    Workspace workspace = account.of(call);
    String name = Query.text(Query.body(call), "name");
    if (!LEGAL.matcher(name).matches()) {
      throw Answers.badRequest("Invalid secret name: '" + name + "'");
    }
    if (of(workspace).stream().anyMatch(secret -> secret.name().equals(name))) {
      throw Answers.badRequest("A secret with name '" + name + "' already exists");
    }
    Secret secret = new Secret(ids.number(), workspace.id(), name, clock.instant());
    secrets.add(secret);
    return Reply.json(200, Answers.object().put("secretId", secret.id()))
        .changed("secret", String.valueOf(secret.id()), name);
  }
}
