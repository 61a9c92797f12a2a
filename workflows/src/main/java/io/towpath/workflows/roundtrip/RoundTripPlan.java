package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.stub;

import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.ledger.ClaimDecision;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.plan.Plan;
import io.towpath.workflows.plan.Plan.Preview;
import io.towpath.workflows.progress.Words;
import io.towpath.workflows.request.Reading;
import io.towpath.workflows.synapse.Inspection;
import io.towpath.workflows.tower.ResolvedRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a round trip would do, found out without doing any of it. */
public final class RoundTripPlan {
  /** How long a person waits for a platform that does not answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private RoundTripPlan() {}

  public static Plan of(Map<String, Object> json) {
    Reading reading = new Reading();
    RoundTripRequest request = reading.read(json, RoundTripRequest::read);
    if (!reading.problems().isEmpty()) {
      return refused(json, reading.problems());
    }
    RoundTripResolver resolver = new RoundTripResolver(PATIENCE);
    RoundTripResolver.Resolution resolution = resolver.resolve(request);
    if (resolution.spec().isEmpty()) {
      return refused(json, resolution.problems());
    }
    RoundTripSpec spec = resolution.spec().orElseThrow();
    ClaimDecision decision =
        stub(
                LedgerActivities.class,
                ActivityPolicy.preflight(TaskQueues.S3, "read the ledger", PATIENCE))
            .read(RoundTripResolver.claimRequest(spec));
    Inspection seen = resolver.inspect(spec);
    List<Problem> problems = new ArrayList<>(resolution.problems());
    problems.addAll(seen.problems());
    List<String> warnings = new ArrayList<>(seen.warnings());
    spec.targets().forEach(target -> warnings.addAll(target.warnings()));
    return new Plan(
        RoundTripWorkflow.TYPE,
        Optional.of(spec.businessKey()),
        Optional.of(spec.digest().value()),
        RoundTripSpec.pinned(json, spec.manifest()),
        spec.effect(),
        Optional.of(decision),
        problems,
        warnings,
        List.of(
            "write access to " + request.stage().to() + " (only a write would prove it)",
            "the right to launch in " + spec.targets().get(0).workspace()),
        preview(spec, seen));
  }

  private static Plan refused(Map<String, Object> json, List<Problem> problems) {
    return new Plan(
        RoundTripWorkflow.TYPE,
        Optional.empty(),
        Optional.empty(),
        json,
        new TreeMap<>(),
        Optional.empty(),
        problems,
        List.of(),
        List.of(),
        List.of());
  }

  private static List<Preview> preview(RoundTripSpec spec, Inspection seen) {
    RoundTripRequest request = spec.request();
    List<Preview> preview = new ArrayList<>();
    preview.add(
        new Preview(
            "stage",
            seen.files()
                + " files of "
                + spec.manifest().name()
                + " ("
                + spec.manifest().id()
                + ", "
                + seen.rows()
                + " rows), "
                + Words.bytes(seen.bytes())
                + ", to "
                + request.stage().to()));
    for (int i = 0; i < spec.targets().size(); i++) {
      ResolvedRun target = spec.targets().get(i);
      RunKey key = spec.runKey(spec.businessKey(), i, 1, 0);
      preview.add(
          new Preview(
              RoundTripWork.stageName(request, i),
              target.pipeline()
                  + " "
                  + target.revision()
                  + target.commitId().map(c -> " (" + c + ")").orElse("")
                  + " as "
                  + RoundTripSpec.runName(request.runs().get(i).name(), key, 0)
                  + " in "
                  + target.workspace()
                  + " on "
                  + target.computeEnvName()
                  + ", outputs to "
                  + spec.outdir(key)));
    }
    preview.add(
        new Preview(
            "index", "outputs into " + request.index().parent() + ", one version per changed MD5"));
    return preview;
  }
}
