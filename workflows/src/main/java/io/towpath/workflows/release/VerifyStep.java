package io.towpath.workflows.release;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.synapse.ReleaseManifestActivities;
import io.towpath.workflows.synapse.ReleaseManifestActivities.BeforeRelease;
import io.towpath.workflows.synapse.ReleaseManifestActivities.LookAtManifest;
import io.towpath.workflows.synapse.ReleaseManifestActivities.RecordRelease;
import io.towpath.workflows.synapse.ReleaseManifestActivities.ReleaseRecord;
import io.towpath.workflows.synapse.ReleaseManifestActivities.SeenManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Compares what the steps left with what was there before, and records it as the release. */
final class VerifyStep {
  static final String STAGE = "verify";

  private final ClaimedRun<ReleaseSpec> run;
  private final VerifyRequest rules;

  VerifyStep(ClaimedRun<ReleaseSpec> run, VerifyRequest rules) {
    this.run = run;
    this.rules = rules;
  }

  /** Where the record of the release lies. */
  S3Uri record() {
    return run.work().resolve(PromoteStep.FILE);
  }

  /** The manifest as it was before anything of this release ran since it last succeeded. */
  Optional<SeenManifest> before() {
    return stub(
            ReleaseManifestActivities.class,
            ActivityPolicy.quick(TaskQueues.SYNAPSE, "look at the manifest"))
        .before(new BeforeRelease(run.claim(), asked()));
  }

  /**
   * @param warn told what should be known and stands in nobody's way
   */
  ReleaseRecord execute(Optional<SeenManifest> before, Consumer<String> warn) {
    run.stages().begin(STAGE, "reading " + rules.name());
    ReleaseRecord recorded =
        run.operator()
            .repairable(
                STAGE,
                () ->
                    stub(
                            ReleaseManifestActivities.class,
                            ActivityPolicy.page(TaskQueues.SYNAPSE, "record the release"))
                        .record(
                            new RecordRelease(run.claim(), asked(), before, about(), record())));
    CancellationScope.throwCanceled();
    judge(recorded, before, warn);
    run.stages()
        .done(
            STAGE,
            recorded.files()
                + " files, "
                + recorded.changed()
                + " of them new"
                + before.map(was -> ", " + was.rows() + " rows before").orElse(""));
    return recorded;
  }

  private void judge(ReleaseRecord recorded, Optional<SeenManifest> before, Consumer<String> warn) {
    List<String> refusals = new ArrayList<>();
    Map<String, Consumer<String>> verdicts =
        Map.of("fail", refusals::add, "warn", warn, "accept", ignored -> {});
    before
        .filter(was -> recorded.files() < was.rows() * (1 - rules.mustNotShrinkBy()))
        .ifPresent(
            was ->
                refusals.add(
                    rules.name()
                        + " shrank from "
                        + was.rows()
                        + " rows to "
                        + recorded.files()
                        + ", by more than "
                        + rules.mustNotShrinkBy()));
    if (recorded.empty() > 0) {
      say(verdicts, rules.onEmpty(), recorded.empty() + " files have no bytes");
    }
    if (recorded.changed() == 0) {
      say(verdicts, rules.onUnchanged(), "the steps left every file as it was");
    }
    if (recorded.leftOut() > 0) {
      warn.accept(recorded.leftOut() + " rows of " + rules.name() + " name no file");
    }
    if (!refusals.isEmpty()) {
      String why = String.join("; ", refusals);
      run.stages().failed(STAGE, why);
      throw ApplicationFailure.newNonRetryableFailure(why, FailureKind.RUN_FAILED.name());
    }
  }

  private static void say(Map<String, Consumer<String>> verdicts, String verdict, String what) {
    Consumer<String> teller = verdicts.get(verdict);
    if (teller != null) {
      teller.accept(what);
    }
  }

  private LookAtManifest asked() {
    return new LookAtManifest(run.spec().connection(), rules.parent(), rules.name());
  }

  private Map<String, Object> about() {
    ReleaseRequest.Name name = run.spec().request().name();
    Map<String, Object> about = new TreeMap<>();
    about.put("project", name.project());
    about.put("environment", name.environment());
    about.put("release", name.release());
    about.put("image", run.spec().image());
    run.spec().config().ifPresent(file -> about.put("configSha256", file.sha256()));
    about.put("workflowId", run.claim().businessKey());
    return about;
  }
}
