package io.towpath.workflows.cavatica;

import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.drs.DrsActivities;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.etl.Control;
import io.towpath.workflows.etl.Etl;
import io.towpath.workflows.etl.EtlWork;
import io.towpath.workflows.etl.Looks;
import io.towpath.workflows.etl.Preflight;
import io.towpath.workflows.etl.Problems;
import io.towpath.workflows.etl.Resolution;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.samples.SampleActivities;
import io.towpath.workflows.samples.SampleActivities.SamplesSeen;
import io.towpath.workflows.samples.SheetVersion;
import io.towpath.workflows.sevenbridges.ResolvedTarget;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities;
import io.towpath.workflows.synapse.SynapseActivities;
import io.towpath.workflows.transfer.TransferActivities;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * S3 to CAVATICA to DRS as an ETL: its request, and everything that happens before the first
 * effect.
 */
public final class CavaticaEtl implements Etl<CavaticaRequest, CavaticaSpec> {
  private final SampleActivities samples;
  private final SevenBridgesActivities sevenBridges;
  private final DrsActivities drs;
  private final TransferActivities transfer;
  private final SynapseActivities synapse;

  /**
   * Made for one request.
   *
   * @param patience how long an unreachable platform is waited for
   */
  public CavaticaEtl(Duration patience) {
    samples = Looks.stub(SampleActivities.class, TaskQueues.S3, "look at the sheet", patience);
    sevenBridges =
        Looks.stub(
            SevenBridgesActivities.class,
            TaskQueues.SEVEN_BRIDGES,
            "look at the project",
            patience);
    drs = Looks.stub(DrsActivities.class, TaskQueues.DRS, "look at the minter", patience);
    transfer = Looks.stub(TransferActivities.class, TaskQueues.S3, "look at the bucket", patience);
    synapse =
        Looks.stub(SynapseActivities.class, TaskQueues.SYNAPSE, "look at the folder", patience);
  }

  @Override
  public String type() {
    return CavaticaWorkflow.TYPE;
  }

  @Override
  public CavaticaRequest read(Fields fields) {
    return CavaticaRequest.read(fields);
  }

  @Override
  public Control control(CavaticaRequest request) {
    return request.control();
  }

  @Override
  public List<String> connections(CavaticaRequest request) {
    return request.control().connections("synapse", "s3", "sevenbridges", "drs");
  }

  @Override
  public List<String> stages(CavaticaRequest request) {
    return List.of(
        ImportStep.STAGE, DraftStep.STAGE, TaskStep.STAGE, CollateStep.STAGE, MintStep.STAGE);
  }

  /** Pins the sheet and asks the platform what the names mean, at once. */
  @Override
  public Resolution<CavaticaSpec> resolve(CavaticaRequest request) {
    Problems problems = new Problems();
    Promise<SheetVersion> pinning =
        Async.function(samples::pin, request.control().connection(), request.sheet().uri());
    Promise<ResolvedTarget> resolving = Async.function(sevenBridges::resolve, request.target());
    Optional<SheetVersion> sheet = problems.unlessRefused(pinning, "sheet.uri");
    Optional<ResolvedTarget> target = problems.unlessRefused(resolving, "project");
    target.map(ResolvedTarget::problems).ifPresent(problems::addAll);
    return new Resolution<>(
        sheet.isPresent() && target.isPresent()
            ? Optional.of(new CavaticaSpec(request, sheet.get(), target.get()))
            : Optional.empty(),
        problems.all());
  }

  @Override
  public Preflight inspect(CavaticaSpec spec) {
    Problems problems = new Problems();
    Promise<SamplesSeen> looking =
        Async.function(samples::inspect, spec.sheet(), spec.request().rules(), spec.sampleTarget());
    Looks others = lookAtTargets(spec);
    SamplesSeen seen =
        problems
            .unlessRefused(looking, "sheet")
            .orElseGet(() -> new SamplesSeen(0, 0, 0, List.of(), List.of(), List.of()));
    problems.addAll(seen.problems());
    others.tell(problems);
    return new CavaticaPreview(spec, seen).preflight(problems.all());
  }

  /** Looks at where results go. */
  private Looks lookAtTargets(CavaticaSpec spec) {
    CollateRequest collate = spec.request().collate();
    Optional<DrsRequest> ids = spec.request().drs();
    String connection = spec.connection();
    Looks looks = new Looks();
    collate.folder().ifPresent(folder -> looks.folder(synapse, connection, folder, "collate.to"));
    collate.bucket().ifPresent(bucket -> lookAtBucket(looks, bucket, "collate.to"));
    spec.export()
        .map(out -> S3Uri.of(out.bucket(), out.volumePrefix()).asFolder())
        .ifPresent(volume -> lookAtBucket(looks, volume, "collate.export.volume"));
    ids.flatMap(DrsRequest::parent)
        .ifPresent(folder -> looks.folder(synapse, connection, folder, "drs.parent"));
    ids.ifPresent(asked -> looks.add("drs", Async.function(drs::inspect, asked.rules(connection))));
    return looks;
  }

  private void lookAtBucket(Looks looks, S3Uri prefix, String place) {
    looks.add(place, Async.function(transfer::inspectTarget, prefix, place));
  }

  @Override
  public EtlWork work(ClaimedRun<CavaticaSpec> run, Preflight seen) {
    return new CavaticaWork(run, seen.warnings());
  }
}
