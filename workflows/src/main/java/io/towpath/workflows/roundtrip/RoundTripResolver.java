package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.kindOf;
import static io.towpath.workflows.progress.Operator.reason;
import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.ClaimRequest;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.samplesheet.SheetRules;
import io.towpath.workflows.synapse.Inspection;
import io.towpath.workflows.synapse.ManifestVersion;
import io.towpath.workflows.synapse.SynapseActivities;
import io.towpath.workflows.synapse.SynapseActivities.IndexParent;
import io.towpath.workflows.synapse.SynapseActivities.InspectManifest;
import io.towpath.workflows.synapse.SynapseActivities.PinManifest;
import io.towpath.workflows.tower.ResolvedRun;
import io.towpath.workflows.tower.RunSpec;
import io.towpath.workflows.tower.TowerActivities;
import io.towpath.workflows.transfer.TransferActivities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that happens before the first effect; the run and {@code plan} share it. */
final class RoundTripResolver {
  private final SynapseActivities synapse;
  private final TowerActivities tower;
  private final TransferActivities transfer;

  /** What came of resolving: the spec, or the problems that stood in the way of one. */
  record Resolution(Optional<RoundTripSpec> spec, List<Problem> problems) {}

  /**
   * @param patience how long an unreachable platform is waited for
   */
  RoundTripResolver(Duration patience) {
    synapse =
        stub(
            SynapseActivities.class,
            ActivityPolicy.preflight(TaskQueues.SYNAPSE, "look at the manifest", patience));
    tower =
        stub(
            TowerActivities.class,
            ActivityPolicy.preflight(TaskQueues.SEQERA, "resolve the runs", patience));
    transfer =
        stub(
            TransferActivities.class,
            ActivityPolicy.preflight(TaskQueues.S3, "look at the bucket", patience));
  }

  /** Pins the manifest and resolves every run, all at once. */
  Resolution resolve(RoundTripRequest request) {
    String connection = request.control().connection();
    Promise<ManifestVersion> pinned =
        Async.function(
            synapse::pinManifest,
            new PinManifest(connection, request.manifest().synId(), request.manifest().query()));
    List<Promise<ResolvedRun>> resolving = new ArrayList<>();
    for (int i = 0; i < request.runs().size(); i++) {
      resolving.add(Async.function(tower::resolve, runSpec(request, i)));
    }
    List<Problem> problems = new ArrayList<>();
    Optional<ManifestVersion> manifest = orProblem(pinned, "manifest.synId", problems);
    List<ResolvedRun> targets = new ArrayList<>();
    for (int i = 0; i < resolving.size(); i++) {
      orProblem(resolving.get(i), "runs[" + i + "]", problems).ifPresent(targets::add);
    }
    targets.forEach(target -> problems.addAll(target.problems()));
    boolean complete = manifest.isPresent() && targets.size() == request.runs().size();
    return new Resolution(
        complete
            ? Optional.of(new RoundTripSpec(request, manifest.orElseThrow(), targets))
            : Optional.empty(),
        problems);
  }

  /** Looks at every file, folder and bucket that the run would need; lists every problem. */
  Inspection inspect(RoundTripSpec spec) {
    RoundTripRequest request = spec.request();
    Promise<Inspection> manifest =
        Async.function(
            synapse::inspect,
            new InspectManifest(
                request.control().connection(),
                spec.manifest(),
                sheetRules(spec),
                request.stage().where(),
                List.of(new IndexParent(request.index().parent(), "index.parent"))));
    Promise<List<Problem>> bucket =
        Async.function(transfer::inspectTarget, request.stage().to(), "stage.to");
    List<Problem> problems = new ArrayList<>();
    Optional<Inspection> seen = orProblem(manifest, "manifest", problems);
    seen.ifPresent(inspection -> problems.addAll(inspection.problems()));
    orProblem(bucket, "stage.to", problems).ifPresent(problems::addAll);
    return seen.map(s -> new Inspection(s.rows(), s.files(), s.bytes(), problems, s.warnings()))
        .orElseGet(() -> new Inspection(0, 0, 0, problems, List.of()));
  }

  /** The sheet that a view makes is CSV, whatever the request says of files. */
  static SheetRules sheetRules(RoundTripSpec spec) {
    RoundTripRequest request = spec.request();
    return new SheetRules(
        spec.manifest().view().isPresent() ? "csv" : request.manifest().format(),
        request.stage().columns());
  }

  static ClaimRequest claimRequest(RoundTripSpec spec) {
    WorkflowInfo self = Workflow.getInfo();
    return new ClaimRequest(
        spec.businessKey(),
        spec.digest(),
        spec.effect(),
        self.getWorkflowId(),
        self.getFirstExecutionRunId(),
        spec.request().control().rerun(),
        spec.request().control().takeOver());
  }

  private static RunSpec runSpec(RoundTripRequest request, int i) {
    RoundTripRequest.Run run = request.runs().get(i);
    return new RunSpec(
        request.control().connection(),
        "runs[" + i + "]",
        run.pipeline(),
        run.revision(),
        run.allowMovingRef(),
        run.computeEnv().name(),
        run.computeEnv().match());
  }

  /** The promise's value; a refusal becomes a problem, an unreachable platform stays a failure. */
  private static <T> Optional<T> orProblem(
      Promise<T> promise, String place, List<Problem> problems) {
    try {
      return Optional.of(promise.get());
    } catch (ActivityFailure failure) {
      FailureKind kind = kindOf(failure);
      if (kind != FailureKind.INPUT_REJECTED && kind != FailureKind.ACCESS_DENIED) {
        throw failure;
      }
      problems.add(new Problem(place, reason(failure)));
      return Optional.empty();
    }
  }
}
