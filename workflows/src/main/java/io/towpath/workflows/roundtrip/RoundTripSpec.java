package io.towpath.workflows.roundtrip;

import io.towpath.workflows.RunSettings;
import io.towpath.workflows.WorkflowIds;
import io.towpath.workflows.etl.Control;
import io.towpath.workflows.etl.EtlSpec;
import io.towpath.workflows.model.CanonicalJson;
import io.towpath.workflows.model.ManifestVersion;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SpecDigest;
import io.towpath.workflows.samplesheet.PrepareRules;
import io.towpath.workflows.samplesheet.SchemaRef;
import io.towpath.workflows.samplesheet.SheetRules;
import io.towpath.workflows.tower.ResolvedRun;
import io.towpath.workflows.transfer.StageRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request with every moving reference resolved: what will be done, under which key, and where.
 *
 * @param request as written
 * @param manifest pinned
 * @param targets what each run resolved to, in the request's order
 * @param fallbacks what relaunches of a run use instead, by the run's name
 */
record RoundTripSpec(
    RoundTripRequest request,
    ManifestVersion manifest,
    List<ResolvedRun> targets,
    Map<String, ResolvedRun> fallbacks)
    implements EtlSpec {

  /** A request whose relaunches stay in their environment. */
  RoundTripSpec(RoundTripRequest request, ManifestVersion manifest, List<ResolvedRun> targets) {
    this(request, manifest, targets, Map.of());
  }

  @Override
  public String businessKey() {
    return WorkflowIds.roundTrip(manifest.key(), request.recipe());
  }

  @Override
  public Control control() {
    return request.control();
  }

  @Override
  public int atOnce() {
    return request.stage().maxParallel();
  }

  @Override
  public int mostAtOnce() {
    return StageRules.MOST_PARALLEL;
  }

  @Override
  public String wayOut() {
    return "give this work a recipe of its own";
  }

  @Override
  public Map<String, Object> effect() {
    RoundTripRequest.Stage stage = request.stage();
    Map<String, Object> effect = new TreeMap<>();
    effect.put("manifest", manifestEffect());
    effect.put("stage", stageEffect(stage));
    request.prepare().ifPresent(rules -> effect.put("prepare", rules.effect()));
    List<Object> runs = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      runs.add(runEffect(i));
    }
    effect.put("runs", runs);
    effect.put("index", request.index().effect());
    effect.put("recipe", request.recipe());
    effect.put("onRunFailure", request.onRunFailure());
    RoundTripRequest.Part part = request.part();
    part.startFrom().ifPresent(first -> effect.put("startFrom", first));
    if (!part.only().isEmpty()) {
      effect.put("only", part.only());
    }
    return effect;
  }

  private Map<String, Object> manifestEffect() {
    Map<String, Object> effect = new TreeMap<>();
    effect.put("id", manifest.id().entity());
    effect.put("version", manifest.id().version().orElse(0));
    effect.put("md5", manifest.md5().orElse(""));
    effect.put("format", request.manifest().format());
    request.manifest().query().ifPresent(query -> effect.put("query", query));
    return effect;
  }

  /** What a default request does not say is left out, so that it keeps its digest. */
  private static Map<String, Object> stageEffect(RoundTripRequest.Stage stage) {
    Map<String, Object> effect = new TreeMap<>();
    effect.put("to", stage.to().value());
    effect.put("layout", stage.layout());
    effect.put("columns", stage.columns());
    effect.put("verify", stage.verify());
    if (!stage.rename().isEmpty()) {
      effect.put(
          "rename",
          stage.rename().stream()
              .map(rule -> new TreeMap<>(Map.of("match", rule.match(), "replace", rule.replace())))
              .toList());
    }
    return effect;
  }

  private Map<String, Object> runEffect(int i) {
    RoundTripRequest.Run run = request.runs().get(i);
    ResolvedRun target = targets.get(i);
    Map<String, Object> effect = new TreeMap<>();
    effect.put("name", run.name());
    effect.put("workspace", target.workspaceId());
    effect.put("computeEnv", run.computeEnv().name().orElse(""));
    effect.put("computeEnvMatch", run.computeEnv().match().orElse(""));
    effect.putAll(launchEffect(i));
    run.index().ifPresent(index -> effect.put("index", index.effect()));
    return effect;
  }

  private Map<String, Object> launchEffect(int i) {
    RoundTripRequest.Run run = request.runs().get(i);
    ResolvedRun target = targets.get(i);
    Map<String, Object> effect = new TreeMap<>();
    effect.put("pipeline", target.pipeline());
    effect.put("commit", target.commitId().orElse(target.revision()));
    effect.put("profiles", run.profiles());
    effect.put("params", run.params());
    effect.put("configText", run.scripts().configText().orElse(""));
    effect.put("preRunScript", run.scripts().preRunScript().orElse(""));
    effect.put("entryName", run.scripts().entryName().orElse(""));
    effect.put("workspaceSecrets", run.workspaceSecrets());
    if (!run.inputs().isEmpty()) {
      Map<String, Object> inputs = new TreeMap<>();
      run.inputs().forEach((param, rules) -> inputs.put(param, rules.effect()));
      effect.put("inputs", inputs);
    }
    return effect;
  }

  /**
   * Operation key of a launch.
   *
   * @param scope the scoped business key
   * @param fresh 0, then 1 for each relaunch that is no resume; a resume keeps the key
   */
  RunKey runKey(String scope, int run, int generation, int fresh) {
    String name = request.runs().get(run).name();
    return RunKey.of(
        scope,
        "run",
        fresh == 0 ? name : name + "#" + fresh,
        SpecDigest.of(launchEffect(run)),
        generation);
  }

  /** {@code <slug>-<key>[-rN]}: legal for Nextflow, at most 80 characters. */
  static String runName(String name, RunKey key, int relaunch) {
    String slug =
        name.toLowerCase(java.util.Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[^a-z]+|-+$", "");
    String stem = slug.isEmpty() ? "run" : slug;
    String legal = stem.length() <= 55 ? stem : stem.substring(0, 55).replaceAll("-+$", "");
    return legal + "-" + key + (relaunch == 0 ? "" : "-r" + relaunch);
  }

  S3Uri outdir(RunKey key) {
    return request.stage().to().resolve(request.recipe() + "/" + key + "/");
  }

  /** Below the bucket that people chose, so that sheet and mapping lie beside the staged files. */
  @Override
  public S3Uri work(RunSettings settings, int generation) {
    return work(generation);
  }

  S3Uri work(int generation) {
    return request
        .stage()
        .to()
        .resolve("towpath/" + manifest.key() + "/" + request.recipe() + "/g" + generation + "/");
  }

  /** The sheet that a view makes is CSV, whatever the request says of files. */
  SheetRules sheetRules() {
    return new SheetRules(
        manifest.view().isPresent() ? "csv" : request.manifest().format(),
        request.stage().columns());
  }

  /** File name of the sheet that the pipeline gets, below {@link #work}. */
  String sheetName() {
    String written = request.prepare().map(PrepareRules::write).orElse("auto");
    String form =
        written.equals("auto")
            ? new SheetRules(request.manifest().format(), List.of()).formOf(manifest.name())
            : written;
    return "samplesheet." + form;
  }

  /** How the sheet is prepared, its schemas pinned to the revision of the run that reads it. */
  Optional<PrepareRules> preparation() {
    return request
        .prepare()
        .map(
            rules -> {
              int reader = sheetReader();
              return rules.at(revisionOf(targets.get(reader), rules));
            });
  }

  /** The first run whose parameters name the sheet; the first of all when none does. */
  int sheetReader() {
    for (int i = 0; i < request.runs().size(); i++) {
      if (CanonicalJson.write(request.runs().get(i).params()).contains(Placeholders.SAMPLE_SHEET)) {
        return i;
      }
    }
    return 0;
  }

  /** The commit, if it is one of the schema's own repository; else the tag as the run names it. */
  private static String revisionOf(ResolvedRun target, PrepareRules rules) {
    boolean own =
        rules.sheetSchema().stream()
            .map(SchemaRef::pipeline)
            .anyMatch(name -> !name.isEmpty() && target.pipeline().endsWith("/" + name));
    return own ? target.commitId().orElse(target.revision()) : target.revision();
  }

  /** Parameters of a run as a first generation would launch it, for a look before the start. */
  Map<String, Object> plannedParams(int run) {
    Map<String, String> values = new TreeMap<>();
    values.put(Placeholders.SAMPLE_SHEET, work(1).resolve(sheetName()).value());
    for (int i = 0; i <= run; i++) {
      String outdir = outdir(runKey(businessKey(), i, 1, 0)).value();
      values.put(Placeholders.outdirOf(request.runs().get(i).name()), outdir);
      values.put(Placeholders.OWN_OUTDIR, outdir);
    }
    return Placeholders.fill(request.runs().get(run).params(), values);
  }

  /** The folder that holds owner.txt and nothing else. */
  S3Uri ownerFolder() {
    return request.stage().to().resolve("towpath/owner/");
  }

  @Override
  public Map<String, Object> pinned(Map<String, Object> json) {
    Map<String, Object> pinned = new TreeMap<>(json);
    Map<String, Object> inner = new TreeMap<>();
    if (json.get("manifest") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> inner.put(String.valueOf(key), value));
    }
    inner.put("synId", manifest.id().entity());
    manifest.id().version().ifPresent(version -> inner.put("version", version));
    pinned.put("manifest", inner);
    return pinned;
  }
}
