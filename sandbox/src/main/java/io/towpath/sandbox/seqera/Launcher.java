package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.engine.Engine;
import io.towpath.sandbox.engine.Execution;
import io.towpath.sandbox.engine.Repository;
import io.towpath.sandbox.engine.RunSpec;
import io.towpath.sandbox.engine.S3Place;
import io.towpath.sandbox.engine.ScriptedExecution;
import io.towpath.sandbox.s3.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Turns accepted launches into runs: by a plan where one waits, else by the engine. */
final class Launcher {
  private final LaunchRules rules;
  private final Runs runs;
  private final Ids ids;
  private final Engine engine;
  private final Plans plans;
  private final ObjectStore store;
  private final InstantSource clock;
  private final Duration listingLag;

  Launcher(
      LaunchRules rules,
      Runs runs,
      Ids ids,
      Engine engine,
      Plans plans,
      ObjectStore store,
      InstantSource clock,
      Duration listingLag) {
    this.rules = rules;
    this.runs = runs;
    this.ids = ids;
    this.engine = engine;
    this.plans = plans;
    this.store = store;
    this.clock = clock;
    this.listingLag = listingLag;
  }

  /**
   * Launches. One at a time, so that what the rules found free stays free.
   *
   * @param hideFor how long, beyond the usual lag, listings must not show the run
   */
  synchronized Run launch(Workspace workspace, ObjectNode request, Duration hideFor) {
    Instant now = clock.instant();
    String workflowId = ids.workflow();
    Launch launch = rules.check(workspace, request, workflowId, now);
    String runName = launch.text("runName").isEmpty() ? ids.runName() : launch.text("runName");
    Repository repository = repository(launch.pipeline());
    String revision =
        launch.text("commitId").isEmpty() ? launch.revision() : launch.text("commitId");
    Optional<String> commit = repository.commit(revision);
    Run.Identity identity =
        new Run.Identity(
            workflowId,
            runName,
            launch.sessionId().orElseThrow(),
            launch.flag("resume"),
            repository,
            commit.orElse(""),
            now,
            now.plus(listingLag).plus(hideFor));
    ObjectNode params = LaunchTexts.params(launch.request());
    Execution execution =
        commit.isPresent()
            ? start(identity, launch, params)
            : unknownRevision(repository, revision, launch.workDir());
    Run run =
        new Run(identity, launch, params, execution, Query.numbers(launch.request(), "labelIds"));
    runs.add(run);
    return run;
  }

  /** A repository by any of its spellings; those that are not seeded are taken as existing. */
  static Repository repository(String pipeline) {
    boolean demo = Repository.nameOf(pipeline).equals(Repository.DEMO.name());
    return demo ? Repository.DEMO : Repository.assumed(pipeline);
  }

  private Execution start(Run.Identity identity, Launch launch, ObjectNode params) {
    touchCache(identity, launch.workDir());
    Optional<List<Plans.Step>> plan = plans.take("seqera", identity.runName());
    if (plan.isPresent()) {
      return new ScriptedExecution(plan.orElseThrow(), clock, launch.workDir());
    }
    RunSpec.Source source =
        new RunSpec.Source(
            launch.pipeline(),
            identity.commitId(),
            launch.text("mainScript"),
            launch.text("entryName"),
            launch.profiles(),
            launch.text("configText"));
    return engine.start(
        new RunSpec(
            identity.id(),
            identity.runName(),
            identity.sessionId(),
            identity.resume(),
            source,
            params,
            launch.workDir()));
  }

  /** The head job keeps the session's task cache below the work directory, whatever comes of it. */
  private void touchCache(Run.Identity identity, String workDir) {
    Optional<S3Place> work = S3Place.parse(workDir);
    if (work.isPresent() && store.bucketExists(work.orElseThrow().bucket())) {
      String name = ".nextflow/cache/" + identity.sessionId() + "/index." + identity.runName();
      S3Place index = work.orElseThrow().below(name);
      byte[] content = identity.id().getBytes(StandardCharsets.UTF_8);
      store.put(index.bucket(), index.key(), "application/octet-stream", content);
    }
  }

  /** The head job dies before it begins, as Nextflow does on a revision that is not there. */
  private Execution unknownRevision(Repository repository, String revision, String workDir) {
    String message =
        "Cannot find revision `"
            + revision
            + "` -- Make sure that it exists in the remote repository `"
            + repository.url()
            + "`";
    ObjectNode detail = Answers.object().put("errorMessage", message).put("exitStatus", 1);
    List<Plans.Step> steps =
        List.of(
            new Plans.Step(
                "SUBMITTED", Duration.ofMillis(200), JsonNodeFactory.instance.missingNode()),
            new Plans.Step("FAILED", Duration.ZERO, detail));
    return new ScriptedExecution(steps, clock, workDir);
  }
}
