package io.towpath.workflows.release;

import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.WorkflowIds;
import io.towpath.workflows.configfile.ConfigFileActivities;
import io.towpath.workflows.configfile.ConfigFileActivities.PinConfig;
import io.towpath.workflows.configfile.ConfigFileActivities.ReadConfig;
import io.towpath.workflows.containers.ContainerActivities;
import io.towpath.workflows.containers.ContainerActivities.ImageSpec;
import io.towpath.workflows.containers.ContainerActivities.ResolvedImage;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.etl.Control;
import io.towpath.workflows.etl.Etl;
import io.towpath.workflows.etl.EtlWork;
import io.towpath.workflows.etl.Looks;
import io.towpath.workflows.etl.Preflight;
import io.towpath.workflows.etl.Problems;
import io.towpath.workflows.etl.Resolution;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.plan.Plan.Preview;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.synapse.SynapseActivities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Release deploy as an ETL: its request, and everything that happens before the first effect. */
public final class ReleaseEtl implements Etl<ReleaseRequest, ReleaseSpec> {
  private final ContainerActivities containers;
  private final ConfigFileActivities configs;
  private final SynapseActivities synapse;
  private final LedgerActivities ledger;

  /** What matters only if it comes to a retry, so that it is no warning of a run. */
  private List<String> ofRetries = List.of();

  /**
   * Made for one request.
   *
   * @param patience how long an unreachable platform is waited for
   */
  public ReleaseEtl(Duration patience) {
    containers =
        Looks.stub(ContainerActivities.class, TaskQueues.CONTAINERS, "resolve the image", patience);
    configs = Looks.stub(ConfigFileActivities.class, TaskQueues.S3, "read the config", patience);
    synapse =
        Looks.stub(SynapseActivities.class, TaskQueues.SYNAPSE, "look at the folder", patience);
    ledger = Looks.stub(LedgerActivities.class, TaskQueues.S3, "look for the record", patience);
  }

  @Override
  public String type() {
    return ReleaseWorkflow.TYPE;
  }

  @Override
  public ReleaseRequest read(Fields fields) {
    return ReleaseRequest.read(fields);
  }

  @Override
  public Control control(ReleaseRequest request) {
    return request.control();
  }

  @Override
  public List<String> connections(ReleaseRequest request) {
    List<String> connections = new ArrayList<>(request.control().connections("synapse", "s3"));
    connections.add(request.executor().type() + "/" + request.executor().connection());
    return connections;
  }

  @Override
  public List<String> stages(ReleaseRequest request) {
    List<String> stages = new ArrayList<>();
    if (!request.exclusive().isEmpty()) {
      stages.add(ReleaseWork.TURN);
    }
    request.steps().forEach(step -> stages.add(StepRun.stage(step)));
    request.verify().ifPresent(verify -> stages.add(VerifyStep.STAGE));
    request.promotions().forEach(promotion -> stages.add(PromoteStep.stage(promotion)));
    return stages;
  }

  @Override
  public Resolution<ReleaseSpec> resolve(ReleaseRequest request) {
    return request
        .rollbackTo()
        .map(earlier -> rollback(request, earlier))
        .orElseGet(() -> pinned(request));
  }

  private Resolution<ReleaseSpec> rollback(ReleaseRequest request, String earlier) {
    ReleaseRequest.Name name = request.name();
    String key = WorkflowIds.releaseDeploy(name.project(), name.environment(), earlier);
    Problems problems = new Problems();
    Optional<RecordedRelease> recorded =
        ledger.newestOutcome(key, RecordedRelease.STEP).map(RecordedRelease::read);
    if (recorded.isEmpty()) {
      problems.add(
          Rollback.FIELD,
          key + " was never recorded: it is unknown, had no verify.manifest, or was refused");
    }
    return new Resolution<>(
        recorded.map(
            one ->
                new ReleaseSpec(
                    request,
                    "",
                    request.executor(),
                    Optional.empty(),
                    Map.of(),
                    Optional.of(one),
                    List.of())),
        problems.all());
  }

  /** Pins the image and the configuration file at once. */
  private Resolution<ReleaseSpec> pinned(ReleaseRequest request) {
    Problems problems = new Problems();
    Largest largest = Largest.of(request.steps());
    Promise<ResolvedImage> resolving =
        Async.function(
            containers::resolve,
            new ImageSpec(
                request.executor(),
                request.image(),
                largest.memoryMb(),
                largest.grownMb(),
                largest.cpus(),
                request.secrets()));
    Optional<Promise<ReadConfig>> reading =
        request.config().map(config -> Async.function(configs::pin, pin(request, config)));
    Optional<ResolvedImage> image = problems.unlessRefused(resolving, "image");
    ofRetries = image.map(ResolvedImage::warnings).orElseGet(List::of);
    image
        .map(ResolvedImage::problems)
        .ifPresent(all -> problems.addAll(all.stream().map(largest::placed).toList()));
    Optional<ReadConfig> config =
        reading.flatMap(promise -> problems.unlessRefused(promise, "config.uri"));
    config.map(ReadConfig::problems).ifPresent(problems::addAll);
    Map<String, List<String>> items =
        new StepItems(problems)
            .of(request.steps(), config.map(ReadConfig::items).orElseGet(TreeMap::new));
    boolean whole = request.config().isEmpty() || config.flatMap(ReadConfig::config).isPresent();
    return new Resolution<>(
        image
            .filter(found -> found.image().isPresent() && whole)
            .map(
                found ->
                    new ReleaseSpec(
                        request,
                        found.image().orElseThrow(),
                        found.executor().orElse(request.executor()),
                        config.flatMap(ReadConfig::config),
                        items,
                        Optional.empty(),
                        config.map(ReadConfig::warnings).orElseGet(List::of))),
        problems.all());
  }

  private static PinConfig pin(ReleaseRequest request, ReleaseRequest.Config config) {
    Map<String, String> lists = new TreeMap<>();
    request
        .steps()
        .forEach(
            step ->
                step.items()
                    .flatMap(StepRequest.Items::fromConfig)
                    .ifPresent(path -> lists.put(step.name(), path)));
    return new PinConfig(
        request.control().connection(),
        config.uri(),
        config.sha256(),
        config.allowMovingRef(),
        lists);
  }

  @Override
  public Preflight inspect(ReleaseSpec spec) {
    Problems problems = new Problems();
    Looks looks = new Looks();
    spec.request()
        .verify()
        .ifPresent(
            verify ->
                looks.folder(
                    synapse, spec.connection(), verify.parent(), "verify.manifest.parent"));
    for (int i = 0; i < spec.request().promotions().size(); i++) {
      SynapseId folder = spec.request().promotions().get(i).parent();
      looks.folder(synapse, spec.connection(), folder, "promote[" + i + "].parent");
    }
    looks.tell(problems);
    List<String> warnings = new ArrayList<>(spec.warnings());
    warnings.addAll(ofRetries);
    return new Preflight(
        summary(spec),
        problems.all(),
        warnings,
        spec.recorded().isPresent()
            ? List.of()
            : List.of("whether the program in the image can do its work"),
        preview(spec));
  }

  private static String summary(ReleaseSpec spec) {
    Optional<String> earlier = spec.request().rollbackTo();
    if (earlier.isPresent()) {
      return "promotes again what release " + earlier.get() + " was recorded as";
    }
    int containers =
        spec.request().steps().stream().mapToInt(step -> spec.itemsOf(step).size()).sum();
    return spec.request().steps().size()
        + " steps, "
        + containers
        + " containers of "
        + spec.image().replaceFirst("(@sha256:.{12}).*", "$1…");
  }

  private static List<Preview> preview(ReleaseSpec spec) {
    List<Preview> preview = new ArrayList<>();
    for (StepRequest step : spec.request().steps()) {
      preview.add(
          new Preview(
              StepRun.stage(step),
              String.join(" ", step.command())
                  + (step.items().isEmpty() ? "" : " for " + String.join(", ", spec.itemsOf(step)))
                  + " on "
                  + spec.request().executor().type()));
    }
    spec.request()
        .promotions()
        .forEach(
            promotion ->
                preview.add(
                    new Preview(
                        PromoteStep.stage(promotion),
                        PromoteStep.FILE + " in " + promotion.parent())));
    return preview;
  }

  @Override
  public EtlWork work(ClaimedRun<ReleaseSpec> run, Preflight seen) {
    return new ReleaseWork(run, run.spec().warnings());
  }
}
