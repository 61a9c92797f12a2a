package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.util.List;

/** The service, the user, organisations and workspaces. */
final class AccountRoutes {
  static final String VERSION = "25.3.0";
  static final String API_VERSION = "1.187.0";

  private final Account account;

  AccountRoutes(Account account) {
    this.account = account;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("GET", "/service-info", call -> serviceInfo()).withoutCredentials(),
        Route.reading("GET", "/user-info", call -> userInfo()),
        Route.reading("GET", "/user/{userId}/workspaces", this::userWorkspaces),
        Route.reading("GET", "/orgs", call -> organizations()),
        Route.reading("GET", "/orgs/{orgId}/workspaces", this::organizationWorkspaces));
  }

  private static Reply serviceInfo() {
    ObjectNode info = Answers.object();
    info.put("version", VERSION).put("apiVersion", API_VERSION).put("commitId", "5a0db0c");
    info.set("authTypes", Answers.texts(List.of("oidc")));
    info.put("loginPath", "/oauth/login/oidc").putNull("logoutUrl");
    info.put("heartbeatInterval", 60).put("userWorkspaceEnabled", true);
    info.put("launchConfigTextMaxSize", LaunchTexts.LONGEST_CONFIG);
    info.put("launchParamsTextMaxSize", LaunchTexts.LONGEST_PARAMS);
    info.put("contentMaxFileSize", 10 << 20);
    info.put("allowInstanceCredentials", false).put("allowLocalRepos", false);
    info.put("allowNextflowCliLogs", true).put("seqeraCloud", false).put("waveEnabled", false);
    info.put("groundswellEnabled", false).put("seqeraComputeEnabled", false);
    info.putNull("landingUrl").putNull("termsOfUseUrl").putNull("contentUrl");
    info.putNull("analytics").putNull("navbar").put("forgePrefix", "TowerForge");
    return Answers.ok("serviceInfo", info);
  }

  private Reply userInfo() {
    ObjectNode node = Answers.object();
    node.set("user", account.user());
    return Reply.json(200, node.put("needConsent", false).putNull("defaultWorkspaceId"));
  }

  private Reply userWorkspaces(Call call) {
    requireId(call, "userId", Account.USER_ID);
    ArrayNode rows = Answers.object().arrayNode();
    rows.add(row());
    for (Workspace workspace : account.workspaces()) {
      ObjectNode row = row();
      row.put("workspaceId", workspace.id()).put("workspaceName", workspace.name());
      row.put("workspaceFullName", workspace.fullName()).put("visibility", "PRIVATE");
      row.set("roles", Answers.texts(List.of(workspace.role())));
      rows.add(row);
    }
    return Answers.ok("orgsAndWorkspaces", rows);
  }

  /** The row of the organisation itself, which has no workspace. */
  private static ObjectNode row() {
    ObjectNode row = Answers.object();
    row.put("orgId", Account.ORG_ID).put("orgName", Account.ORG_NAME).putNull("orgLogoUrl");
    Answers.putNulls(row, "workspaceId", "workspaceName", "workspaceFullName", "visibility");
    row.put("orgType", "academic");
    row.set("roles", Answers.texts(List.of("owner")));
    return row;
  }

  private static Reply organizations() {
    ObjectNode org = Answers.object();
    org.put("orgId", Account.ORG_ID).put("name", Account.ORG_NAME).put("fullName", "Towpath demo");
    Answers.putNulls(org, "description", "location", "website", "logoId", "logoUrl");
    org.put("memberId", 1L).put("memberRole", "owner").put("paying", true).put("type", "academic");
    ObjectNode node = Answers.object();
    node.putArray("organizations").add(org);
    return Reply.json(200, node.put("totalSize", 1));
  }

  private Reply organizationWorkspaces(Call call) {
    requireId(call, "orgId", Account.ORG_ID);
    ArrayNode rows = Answers.object().arrayNode();
    for (Workspace workspace : account.workspaces()) {
      ObjectNode row = Answers.object();
      row.put("id", workspace.id()).put("name", workspace.name()).put("fullName", workspace.name());
      rows.add(row.putNull("description").put("visibility", "PRIVATE"));
    }
    return Answers.ok("workspaces", rows);
  }

  private static void requireId(Call call, String name, long known) {
    if (Query.number(name, call.variable(name)) != known) {
      throw Answers.forbidden();
    }
  }
}
