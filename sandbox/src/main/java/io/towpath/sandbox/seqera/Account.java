package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import java.util.List;
import java.util.Optional;

/** The one user with everything that was set up for it: organisation, workspaces, environments. */
final class Account {
  static final long USER_ID = 75887156211589L;
  static final String USER_NAME = "towpath-demo";
  static final long ORG_ID = 75887156211590L;
  static final String ORG_NAME = "towpath-demo";

  private final Workspace personal = new Workspace(0, 0, USER_NAME, "user", "owner");
  private final Workspace showcase =
      new Workspace(75887156211591L, ORG_ID, ORG_NAME, "showcase", "owner");
  private final Workspace restricted =
      new Workspace(75887156211592L, ORG_ID, ORG_NAME, "launch-only", "launch");
  private final List<ComputeEnv> computeEnvs;

  Account(String workDir) {
    Label cost = new Label(75887156211593L, showcase.id(), "cost-center", "towpath-demo", true);
    List<Label> labels = List.of(cost);
    this.computeEnvs =
        List.of(
            new ComputeEnv(
                "2pXaTsoDqTdxnHZVMBnOVI",
                showcase.id(),
                "demo-spot",
                "AVAILABLE",
                true,
                workDir,
                labels),
            new ComputeEnv(
                "6hTqWmZpKcUaYb3RdLfEvN",
                showcase.id(),
                "demo-ondemand",
                "DISABLED",
                false,
                workDir,
                labels),
            new ComputeEnv(
                "5kJrNsVxGtQwBe1MzHyCoP",
                restricted.id(),
                "launch-only-spot",
                "AVAILABLE",
                true,
                workDir,
                List.of()));
  }

  /** The workspace that the seed and the environment file name. */
  Workspace showcase() {
    return showcase;
  }

  List<Workspace> workspaces() {
    return List.of(showcase, restricted);
  }

  /** The workspace that a call names; none is the personal one, a foreign one is forbidden. */
  Workspace of(Call call) {
    Optional<String> id = call.query("workspaceId").filter(value -> !value.isBlank());
    return id.isEmpty() ? personal : byId(Query.number("workspaceId", id.orElseThrow()));
  }

  Workspace byId(long id) {
    return workspaces().stream()
        .filter(workspace -> workspace.id() == id)
        .findFirst()
        .orElseThrow(Answers::forbidden);
  }

  Workspace personal() {
    return personal;
  }

  List<ComputeEnv> computeEnvs(Workspace workspace) {
    return computeEnvs.stream().filter(env -> env.workspaceId() == workspace.id()).toList();
  }

  Optional<ComputeEnv> computeEnv(Workspace workspace, String id) {
    return computeEnvs(workspace).stream().filter(env -> env.id().equals(id)).findFirst();
  }

  ObjectNode user() {
    ObjectNode user = Answers.object();
    user.put("id", USER_ID).put("userName", USER_NAME).put("email", "demo@towpath.invalid");
    user.put("firstName", "Towpath").put("lastName", "Demo").put("organization", ORG_NAME);
    user.putNull("description").putNull("avatar").putNull("avatarId");
    user.put("notification", false).put("termsOfUseConsent", true).put("marketingConsent", false);
    user.put("dateCreated", "2026-01-15T09:00:00Z").put("lastUpdated", "2026-01-15T09:00:00Z");
    user.put("lastAccess", "2026-01-15T09:00:00Z").put("deleted", false);
    return user;
  }
}
