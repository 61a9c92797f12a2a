package io.towpath.activities.tower;

import io.towpath.activities.connections.Examined.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the token's user may do in the connection's workspace, by its role there. */
final class WorkspaceRights {
  /** Roles that may launch whatever there is. */
  private static final Set<String> LAUNCHING = Set.of("owner", "admin", "maintain");

  private static final String LAUNCHPAD_ONLY = "launch";
  private static final Set<String> LOOKING = Set.of("view", "connect");

  private final TowerDirectory directory;

  WorkspaceRights(TowerDirectory directory) {
    this.directory = directory;
  }

  /** Asked anew, whatever is remembered. */
  Findings findings() {
    directory.forget();
    Workspace workspace = directory.workspace();
    List<String> roles = directory.roles(workspace);
    int environments = directory.computeEnvs(workspace.id()).size();
    List<String> missing = new ArrayList<>();
    List<String> notChecked = new ArrayList<>();
    judge(roles, missing, notChecked);
    if (environments == 0) {
      missing.add("no compute environment there is AVAILABLE");
    }
    return new Findings(
        "user "
            + directory.user()
            + ", workspace "
            + workspace.path()
            + (workspace.id() == 0 ? "" : " (" + workspace.id() + ")")
            + (roles.isEmpty() ? "" : ", role " + String.join(", ", roles))
            + ", "
            + environments
            + (environments == 1 ? " compute environment" : " compute environments"),
        missing,
        notChecked);
  }

  private static void judge(List<String> roles, List<String> missing, List<String> notChecked) {
    if (roles.stream().anyMatch(LAUNCHING::contains)) {
      return;
    }
    if (roles.contains(LAUNCHPAD_ONLY)) {
      notChecked.add("launching what is not on the launchpad, which takes the role maintain");
    } else if (!roles.isEmpty() && LOOKING.containsAll(roles)) {
      missing.add("this role may not launch; ask for the role launch, or maintain");
    } else if (!roles.isEmpty()) {
      notChecked.add("launching: what this role may is not known");
    }
  }
}
