package io.towpath.sandbox.seqera;

import java.time.InstantSource;
import java.util.List;

/** Plants pipelines on the launchpad, and names what every account has. */
public final class SeqeraSeed {
  private final Account account;
  private final Launchpad launchpad;
  private final Ids ids;
  private final InstantSource clock;

  SeqeraSeed(Account account, Launchpad launchpad, Ids ids, InstantSource clock) {
    this.account = account;
    this.launchpad = launchpad;
    this.ids = ids;
    this.clock = clock;
  }

  /** {@code org/name}. */
  public String workspace() {
    return account.showcase().fullName();
  }

  public long workspaceId() {
    return account.showcase().id();
  }

  /** The id of the workspace's only available compute environment. */
  public String computeEnv() {
    return available(account.showcase()).id();
  }

  /** Adds a pipeline to the launchpads and returns its id in the workspace. */
  public long pipeline(String name, String description, String repository, String revision) {
    long id = add(account.showcase(), name, description, repository, revision);
    for (Workspace other : account.workspaces()) {
      if (!other.equals(account.showcase())) {
        add(other, name, description, repository, revision);
      }
    }
    return id;
  }

  private long add(
      Workspace workspace, String name, String description, String repository, String revision) {
    ComputeEnv env = available(workspace);
    var request = Answers.object().put("pipeline", repository).put("revision", revision);
    request.put("computeEnvId", env.id()).put("workDir", env.workDir());
    request.set("configProfiles", Answers.texts(List.of()));
    Launch launch =
        new Launch(
            ids.base62(), workspace, env, request, java.util.Optional.empty(), clock.instant());
    long id = ids.number();
    launchpad.add(new Launchpad.Entry(id, workspace, name, description, launch));
    return id;
  }

  private ComputeEnv available(Workspace workspace) {
    return account.computeEnvs(workspace).stream()
        .filter(ComputeEnv::available)
        .findFirst()
        .orElseThrow();
  }
}
