package io.towpath.activities.tower;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.connections.Examined.Findings;
import io.towpath.activities.containers.ContainerExecutor;
import io.towpath.activities.containers.ContainerRuns;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.containers.ContainerActivities.ImageSpec;
import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.containers.Executor.Pipeline;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.tower.ResolvedRun;
import io.towpath.workflows.tower.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs steps of a release at Seqera: what is a container elsewhere is a run of the executor's
 * pipeline there. The command is what follows the pipeline on Nextflow's command line; image,
 * memory and processors are the defaults of its processes.
 */
public final class TowerExecutor implements ContainerExecutor {
  private final TowerSites sites;
  private final String connection;

  public TowerExecutor(TowerSites sites, String connection) {
    this.sites = sites;
    this.connection = connection;
  }

  @Override
  public Findings examine() {
    return sites.examine(connection);
  }

  @Override
  public List<Problem> check(ImageSpec spec) {
    List<Problem> problems = new ArrayList<>(resolved(spec.executor()).problems());
    Set<String> missing = new TreeSet<>(spec.secrets().keySet());
    if (!missing.isEmpty()) {
      missing.removeAll(held());
      missing.forEach(
          name ->
              problems.add(
                  new Problem(
                      "secrets." + name,
                      "the workspace holds no secret of this name; add it there, under Secrets")));
    }
    return problems;
  }

  private Set<String> held() {
    Set<String> names = new TreeSet<>();
    for (JsonNode secret : site().client().secrets(site().directory().workspace().id())) {
      names.add(RunRow.text(secret, "name"));
    }
    return names;
  }

  /** The commit that the revision stands for now, so that all runs of a release are of one. */
  @Override
  public Optional<Executor> pinned(Executor place) {
    ResolvedRun run = resolved(place);
    Pipeline pipeline = pipeline(place);
    return Optional.of(
        place.with(
            new Pipeline(
                pipeline.repository(),
                run.commitId().or(() -> Optional.of(run.revision())),
                Optional.of(run.computeEnvId()),
                pipeline.profiles())));
  }

  @Override
  public ContainerRuns runs(Executor place) {
    return new StepRuns(site(), connection, () -> usable(place), pipeline(place).profiles());
  }

  private ResolvedRun usable(Executor place) {
    ResolvedRun run = resolved(place);
    if (!run.problems().isEmpty()) {
      throw new PlatformException(FailureKind.INPUT_REJECTED, run.problems().toString());
    }
    return run;
  }

  private ResolvedRun resolved(Executor place) {
    Pipeline pipeline = pipeline(place);
    return new RunResolver(site().directory())
        .resolve(
            new RunSpec(
                connection,
                "executor",
                pipeline.repository(),
                pipeline.revision(),
                false,
                pipeline.computeEnv(),
                Optional.empty()));
  }

  private static Pipeline pipeline(Executor place) {
    return place
        .pipeline()
        .orElseThrow(
            () ->
                new PlatformException(
                    FailureKind.INPUT_REJECTED, "executor.pipeline is missing; seqera needs it"));
  }

  private TowerSite site() {
    return sites.site(connection);
  }
}
