package io.towpath.workflows.release;

import io.towpath.workflows.RunSettings;
import io.towpath.workflows.WorkflowIds;
import io.towpath.workflows.configfile.ConfigFile;
import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.etl.Control;
import io.towpath.workflows.etl.EtlSpec;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SpecDigest;
import io.towpath.workflows.release.ReleaseRequest.Promotion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A request with every moving reference resolved.
 *
 * @param request as written
 * @param image {@code name@sha256:…}; empty where nothing is run
 * @param executor where containers run, with what moves in it pinned
 * @param config pinned; empty where the request has none
 * @param items the items of each step that has any, by its name
 * @param recorded what is promoted again, where nothing is run
 * @param warnings what resolving saw and did not stand in the way
 */
record ReleaseSpec(
    ReleaseRequest request,
    String image,
    Executor executor,
    Optional<ConfigFile> config,
    Map<String, List<String>> items,
    Optional<RecordedRelease> recorded,
    List<String> warnings)
    implements EtlSpec {

  @Override
  public String businessKey() {
    ReleaseRequest.Name name = request.name();
    return WorkflowIds.releaseDeploy(name.project(), name.environment(), name.release());
  }

  @Override
  public Control control() {
    return request.control();
  }

  @Override
  public Map<String, Object> effect() {
    Map<String, Object> effect = new TreeMap<>();
    effect.put("promote", request.promotions().stream().map(ReleaseSpec::promotionEffect).toList());
    if (recorded.isPresent()) {
      effect.put(Rollback.FIELD, recorded.get().sha256());
      return effect;
    }
    effect.put("image", image);
    config.ifPresent(file -> effect.put("config", file.sha256()));
    effect.put("executor", ExecutorRequest.json(executor));
    Map<String, Object> steps = new TreeMap<>();
    request.steps().forEach(step -> steps.put(step.name(), step.effect(itemsOf(step))));
    effect.put("steps", steps);
    effect.put("secrets", request.secrets());
    effect.put("variables", request.environment());
    request.verify().ifPresent(verify -> effect.put("verify", verify.effect()));
    return effect;
  }

  private static Map<String, Object> promotionEffect(Promotion promotion) {
    return new TreeMap<>(Map.of("to", promotion.to(), "parent", promotion.parent().value()));
  }

  @Override
  public Map<String, Object> pinned(Map<String, Object> json) {
    Map<String, Object> pinned = new TreeMap<>(json);
    if (recorded.isEmpty()) {
      pinned.put("image", image);
    }
    config.ifPresent(
        file ->
            pinned.put(
                "config",
                with(json, "config", Map.of("uri", file.uri(), "sha256", file.sha256()))));
    executor
        .pipeline()
        .ifPresent(
            pipeline -> {
              Map<String, Object> moves = new TreeMap<>();
              pipeline.revision().ifPresent(revision -> moves.put("revision", revision));
              pipeline.computeEnv().ifPresent(place -> moves.put("computeEnv", place));
              pinned.put("executor", with(json, "executor", moves));
            });
    return pinned;
  }

  /** An object of the request with some of its fields pinned. */
  private static Map<String, Object> with(
      Map<String, Object> json, String field, Map<String, Object> pinned) {
    Map<String, Object> object = new TreeMap<>();
    if (json.get(field) instanceof Map<?, ?> written) {
      written.forEach((name, value) -> object.put(String.valueOf(name), value));
    }
    object.putAll(pinned);
    return object;
  }

  @Override
  public S3Uri work(RunSettings settings, int generation) {
    return settings.work(businessKey(), generation);
  }

  @Override
  public int atOnce() {
    return request.steps().stream().mapToInt(StepRequest::maxParallel).max().orElse(1);
  }

  @Override
  public int mostAtOnce() {
    return StepRequest.MOST_PARALLEL;
  }

  @Override
  public boolean sized() {
    return true;
  }

  @Override
  public String wayOut() {
    return "ask for the recorded one, or give the release a name of its own";
  }

  /** How the business keys of all releases of the project begin, whatever the environment. */
  String project() {
    return WorkflowIds.RELEASE_DEPLOY + "/" + request.name().project() + "/";
  }

  /** The items of a step; one without a name where it has none. */
  List<String> itemsOf(StepRequest step) {
    return step.items().isEmpty() ? List.of("") : items.getOrDefault(step.name(), List.of());
  }

  /** What one item of a step gets, apart from how large its container is. */
  SpecDigest effectOf(StepRequest step, String item) {
    return effectOf(step, item, request.secrets());
  }

  /** What all items of a step get, wherever the worker finds its secrets. */
  SpecDigest workOf(StepRequest step) {
    return effectOf(step, "", List.copyOf(new TreeSet<>(request.secrets().keySet())));
  }

  private SpecDigest effectOf(StepRequest step, String item, Object secrets) {
    Map<String, Object> effect = new TreeMap<>();
    effect.put("image", image);
    executor.pipeline().ifPresent(one -> effect.put("pipeline", ExecutorRequest.json(one)));
    config.ifPresent(file -> effect.put("config", file.sha256()));
    effect.put("command", step.command());
    effect.put("item", item);
    effect.put("secrets", secrets);
    effect.put("variables", request.environment());
    return SpecDigest.of(effect);
  }

  String connection() {
    return request.control().connection();
  }
}
