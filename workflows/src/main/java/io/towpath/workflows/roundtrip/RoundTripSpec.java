package io.towpath.workflows.roundtrip;

import io.towpath.workflows.WorkflowIds;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SpecDigest;
import io.towpath.workflows.synapse.ManifestVersion;
import io.towpath.workflows.tower.ResolvedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request with every moving reference resolved: what will be done, under which key, and where.
 *
 * @param request as written
 * @param manifest pinned
 * @param targets what each run resolved to, in the request's order
 */
record RoundTripSpec(
    RoundTripRequest request, ManifestVersion manifest, List<ResolvedRun> targets) {

  String businessKey() {
    return WorkflowIds.roundTrip(manifest.key(), request.control().recipe());
  }

  SpecDigest digest() {
    return SpecDigest.of(effect());
  }

  /** The fields that decide the effect; design.md section 2 says which are in and which are out. */
  Map<String, Object> effect() {
    RoundTripRequest.Stage stage = request.stage();
    RoundTripRequest.Index index = request.index();
    Map<String, Object> effect = new TreeMap<>();
    effect.put("manifest", manifestEffect());
    effect.put("stage", stageEffect(stage));
    List<Object> runs = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      runs.add(runEffect(i));
    }
    effect.put("runs", runs);
    effect.put(
        "index",
        new TreeMap<>(
            Map.of(
                "parent", index.parent().value(),
                "from", index.from(),
                "include", index.include(),
                "exclude", index.exclude(),
                "onIllegal", index.onIllegal(),
                "onCollision", index.onCollision(),
                "zeroByte", index.zeroByte())));
    effect.put("recipe", request.control().recipe());
    effect.put("onRunFailure", request.onRunFailure());
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
    return request.stage().to().resolve(request.control().recipe() + "/" + key + "/");
  }

  /** Where working lists, the prepared sheet, the mapping and the report of a generation lie. */
  S3Uri work(int generation) {
    return request
        .stage()
        .to()
        .resolve(
            "towpath/"
                + manifest.key()
                + "/"
                + request.control().recipe()
                + "/g"
                + generation
                + "/");
  }

  /** The folder that holds owner.txt and nothing else. */
  S3Uri ownerFolder() {
    return request.stage().to().resolve("towpath/owner/");
  }

  /** The request with the manifest pinned, as a run under the business key gets it. */
  static Map<String, Object> pinned(Map<String, Object> json, ManifestVersion manifest) {
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
