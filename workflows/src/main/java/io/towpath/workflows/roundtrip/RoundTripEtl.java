package io.towpath.workflows.roundtrip;

import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.etl.Control;
import io.towpath.workflows.etl.Etl;
import io.towpath.workflows.etl.EtlWork;
import io.towpath.workflows.etl.Looks;
import io.towpath.workflows.etl.Preflight;
import io.towpath.workflows.etl.Problems;
import io.towpath.workflows.etl.Resolution;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.model.ManifestVersion;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.samplesheet.ChainRules;
import io.towpath.workflows.samplesheet.SampleSheetActivities;
import io.towpath.workflows.samplesheet.SampleSheetActivities.InspectPreparation;
import io.towpath.workflows.synapse.Inspection;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The round trip as an ETL: its request, and everything that happens before the first effect. */
public final class RoundTripEtl implements Etl<RoundTripRequest, RoundTripSpec> {
  /**
   * Files that are looked at one by one for each second of patience: half of Synapse's quota. A
   * plan of a longer sheet leaves the rest of it to the run.
   */
  private static final long LOOKS_A_SECOND = 5;

  private final SynapseActivities synapse;
  private final TowerActivities tower;
  private final TransferActivities transfer;
  private final SampleSheetActivities sheets;
  private final EarlierRuns earlier;
  private final int mostLooks;

  /**
   * Made for one request.
   *
   * @param patience how long an unreachable platform is waited for
   */
  public RoundTripEtl(Duration patience) {
    this.mostLooks = (int) Math.min(Integer.MAX_VALUE, LOOKS_A_SECOND * patience.toSeconds());
    synapse =
        Looks.stub(SynapseActivities.class, TaskQueues.SYNAPSE, "look at the manifest", patience);
    tower = Looks.stub(TowerActivities.class, TaskQueues.SEQERA, "resolve the runs", patience);
    transfer = Looks.stub(TransferActivities.class, TaskQueues.S3, "look at the bucket", patience);
    sheets =
        Looks.stub(SampleSheetActivities.class, TaskQueues.S3, "try the preparation", patience);
    earlier =
        new EarlierRuns(
            Looks.stub(LedgerActivities.class, TaskQueues.S3, "read the ledger", patience));
  }

  @Override
  public String type() {
    return RoundTripWorkflow.TYPE;
  }

  @Override
  public RoundTripRequest read(Fields fields) {
    return RoundTripRequest.read(fields);
  }

  @Override
  public Control control(RoundTripRequest request) {
    return request.control();
  }

  @Override
  public List<String> connections(RoundTripRequest request) {
    return request.control().connections("synapse", "s3", "seqera");
  }

  @Override
  public List<String> stages(RoundTripRequest request) {
    List<String> stages = new ArrayList<>(List.of("stage"));
    for (int i = 0; i < request.runs().size(); i++) {
      stages.add(RoundTripWork.stageName(request, i));
    }
    stages.add("index");
    return stages;
  }

  /** Pins the manifest and resolves every run, all at once. */
  @Override
  public Resolution<RoundTripSpec> resolve(RoundTripRequest request) {
    String connection = request.control().connection();
    Promise<ManifestVersion> pinned =
        Async.function(
            synapse::pinManifest,
            new PinManifest(connection, request.manifest().synId(), request.manifest().query()));
    List<Promise<ResolvedRun>> resolving = new ArrayList<>();
    Map<String, Promise<ResolvedRun>> relaunching = new TreeMap<>();
    for (int i = 0; i < request.runs().size(); i++) {
      RoundTripRequest.Run run = request.runs().get(i);
      RunSpec spec = runSpec(request, i, run.computeEnv().name(), run.computeEnv().match());
      resolving.add(Async.function(tower::resolve, spec));
      if (run.onFailure().changeComputeEnv().isPresent()) {
        RunSpec other = runSpec(request, i, Optional.empty(), run.onFailure().changeComputeEnv());
        relaunching.put(run.name(), Async.function(tower::resolve, other));
      }
    }
    Problems problems = new Problems();
    Optional<ManifestVersion> manifest = problems.unlessRefused(pinned, "manifest.synId");
    List<ResolvedRun> targets = new ArrayList<>();
    for (int i = 0; i < resolving.size(); i++) {
      problems.unlessRefused(resolving.get(i), "runs[" + i + "]").ifPresent(targets::add);
    }
    targets.forEach(target -> problems.addAll(target.problems()));
    Map<String, ResolvedRun> fallbacks = fallbacks(relaunching, problems);
    boolean complete = manifest.isPresent() && targets.size() == request.runs().size();
    return new Resolution<>(
        complete
            ? Optional.of(new RoundTripSpec(request, manifest.orElseThrow(), targets, fallbacks))
            : Optional.empty(),
        problems.all());
  }

  /** The environments that relaunches change to; what stands in their way is a problem now. */
  private static Map<String, ResolvedRun> fallbacks(
      Map<String, Promise<ResolvedRun>> resolving, Problems problems) {
    Map<String, ResolvedRun> fallbacks = new TreeMap<>();
    resolving.forEach(
        (name, promise) -> {
          Optional<ResolvedRun> found = problems.unlessRefused(promise, "runs " + name);
          for (Problem problem : found.map(ResolvedRun::problems).orElseGet(List::of)) {
            if (problem.place().endsWith(".computeEnv")) {
              String place = problem.place().replace(".computeEnv", ".onFailure.changeComputeEnv");
              problems.add(place, problem.text());
            }
          }
          found.ifPresent(target -> fallbacks.put(name, target));
        });
    return fallbacks;
  }

  /** Looks at every file, folder and bucket that the run would need; lists every problem. */
  @Override
  public Preflight inspect(RoundTripSpec spec) {
    RoundTripRequest request = spec.request();
    Problems problems = new Problems();
    earlier.find(spec, problems);
    Promise<Inspection> manifest =
        Async.function(
            synapse::inspect,
            new InspectManifest(
                request.control().connection(),
                spec.manifest(),
                spec.sheetRules(),
                request.stage().where(),
                mostLooks,
                indexParents(spec)));
    Promise<List<Problem>> bucket =
        Async.function(transfer::inspectTarget, request.stage().to(), "stage.to");
    Inspection seen =
        problems
            .unlessRefused(manifest, "manifest")
            .orElseGet(() -> new Inspection(0, 0, 0, 0, List.of(), List.of()));
    problems.addAll(seen.problems());
    problems.unlessRefused(bucket, "stage.to").ifPresent(problems::addAll);
    preparation(spec)
        .flatMap(trial -> problems.unlessRefused(trial, "prepare"))
        .ifPresent(problems::addAll);
    chains(request)
        .flatMap(trial -> problems.unlessRefused(trial, "runs"))
        .ifPresent(problems::addAll);
    return new RoundTripPreview(spec, seen).preflight(problems.all());
  }

  @Override
  public EtlWork work(ClaimedRun<RoundTripSpec> run, Preflight seen) {
    return new RoundTripWork(run, seen.warnings(), earlier.reports());
  }

  /** Tries the preparation, after the files were looked at: what was seen of them is remembered. */
  private Optional<Promise<List<Problem>>> preparation(RoundTripSpec spec) {
    RoundTripRequest request = spec.request();
    int reader = spec.sheetReader();
    return spec.preparation()
        .map(
            rules ->
                Async.function(
                    sheets::inspectPreparation,
                    new InspectPreparation(
                        request.control().connection(),
                        spec.manifest(),
                        spec.sheetRules(),
                        rules,
                        request.stage().where(),
                        mostLooks,
                        Map.of("runs[" + reader + "].params", spec.plannedParams(reader)))));
  }

  /** Looks at the expressions that make later runs' sheets; their tables are not there yet. */
  private Optional<Promise<List<Problem>>> chains(RoundTripRequest request) {
    List<ChainRules> rules = new ArrayList<>();
    request.runs().forEach(run -> rules.addAll(run.inputs().values()));
    return rules.isEmpty()
        ? Optional.empty()
        : Optional.of(Async.function(sheets::inspectChains, rules));
  }

  private static List<IndexParent> indexParents(RoundTripSpec spec) {
    RoundTripRequest request = spec.request();
    List<IndexParent> parents = new ArrayList<>();
    parents.add(indexParent(spec, request.index(), "index"));
    for (int i = 0; i < request.runs().size(); i++) {
      String place = "runs[" + i + "].index";
      request
          .runs()
          .get(i)
          .index()
          .ifPresent(index -> parents.add(indexParent(spec, index, place)));
    }
    return parents;
  }

  /**
   * What preflight looks at of an index.
   *
   * @param place where the request has the index
   */
  static IndexParent indexParent(RoundTripSpec spec, IndexRequest index, String place) {
    return new IndexParent(
        index.parent(),
        place + ".parent",
        index.folder().isEmpty() ? spec.businessKey() : "",
        index.names(),
        index.storageLocation(),
        index.from().stream()
            .flatMap(from -> IndexRequest.literal(from).stream())
            .findFirst()
            .orElse(spec.request().stage().to())
            .bucket());
  }

  private static RunSpec runSpec(
      RoundTripRequest request, int i, Optional<String> computeEnv, Optional<String> match) {
    RoundTripRequest.Run run = request.runs().get(i);
    return new RunSpec(
        request.control().connection(),
        "runs[" + i + "]",
        run.pipeline(),
        run.revision(),
        run.allowMovingRef(),
        computeEnv,
        match);
  }
}
