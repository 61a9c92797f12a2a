package io.towpath.workflows.cavatica;

import io.towpath.workflows.RunSettings;
import io.towpath.workflows.WorkflowIds;
import io.towpath.workflows.etl.Control;
import io.towpath.workflows.etl.EtlSpec;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.samples.SampleTarget;
import io.towpath.workflows.samples.SheetVersion;
import io.towpath.workflows.samplesheet.ForeignStep;
import io.towpath.workflows.sevenbridges.ResolvedTarget;
import io.towpath.workflows.sevenbridges.ResolvedTarget.Volume;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ExportTarget;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request with every moving reference resolved.
 *
 * @param request as written
 * @param sheet pinned
 * @param target what the names mean on the platform
 */
record CavaticaSpec(CavaticaRequest request, SheetVersion sheet, ResolvedTarget target)
    implements EtlSpec {

  @Override
  public String businessKey() {
    return WorkflowIds.cavaticaDrs(request.project().id(), sheet.key(), request.app().name());
  }

  @Override
  public Control control() {
    return request.control();
  }

  @Override
  public Map<String, Object> effect() {
    Map<String, Object> effect = new TreeMap<>();
    effect.put(
        "sheet",
        new TreeMap<>(
            Map.of(
                "key", sheet.key(),
                "md5", sheet.md5(),
                "format", request.sheet().format(),
                "rowIs", request.sheet().rowIs())));
    effect.put("project", request.project().id());
    effect.put("import", importEffect());
    effect.put("app", target.app());
    effect.put("copyToProject", request.app().copyToProject());
    effect.put("suggestedFiles", request.app().copySuggestedFiles());
    effect.put("tasks", taskEffect());
    effect.put("collate", request.collate().effect());
    request.drs().ifPresent(drs -> effect.put("drs", drs.effect()));
    return effect;
  }

  private Map<String, Object> importEffect() {
    CavaticaRequest.Imports imports = request.imports();
    Map<String, Object> effect = new TreeMap<>();
    effect.put("volume", imports.volume());
    effect.put("s3Uri", imports.s3Uri());
    effect.put("path", imports.path());
    effect.put("onExists", imports.onExists());
    effect.put("metadata", imports.metadata());
    return effect;
  }

  private Map<String, Object> taskEffect() {
    TaskRequest tasks = request.tasks();
    Map<String, Object> effect = new TreeMap<>();
    effect.put("groupBy", tasks.groupBy());
    effect.put("name", tasks.name());
    effect.put("inputs", tasks.inputs());
    tasks.activity().map(ForeignStep::name).ifPresent(name -> effect.put("activity", name));
    return effect;
  }

  @Override
  public boolean preliminary() {
    return request.tasks().draftOnly();
  }

  @Override
  public Map<String, Object> pinned(Map<String, Object> json) {
    Map<String, Object> pinned = new TreeMap<>(json);
    pinned.put("sheet", with(json.get("sheet"), "uri", sheet.uri()));
    pinned.put("app", with(json.get("app"), "revision", revision()));
    return pinned;
  }

  private static Map<String, Object> with(@Nullable Object json, String name, Object value) {
    Map<String, Object> object = new TreeMap<>();
    if (json instanceof Map<?, ?> map) {
      map.forEach((key, item) -> object.put(String.valueOf(key), item));
    }
    object.put(name, value);
    return object;
  }

  private int revision() {
    return Integer.parseInt(target.app().substring(target.app().lastIndexOf('/') + 1));
  }

  @Override
  public S3Uri work(RunSettings settings, int generation) {
    return settings.work(businessKey(), generation);
  }

  @Override
  public int atOnce() {
    return request.tasks().maxConcurrent();
  }

  @Override
  public int mostAtOnce() {
    return TaskRequest.MOST_CONCURRENT;
  }

  @Override
  public String wayOut() {
    return "ask for the recorded one, or give the sheet a version of its own";
  }

  /** What operation keys of tasks are scoped by, so that sheets of a project share work. */
  String scope(RunSettings settings) {
    return settings.scoped(request.project().id());
  }

  String connection() {
    return request.control().connection();
  }

  /** What the sheet is checked against. */
  SampleTarget sampleTarget() {
    Volume volume =
        target
            .importVolume()
            .orElseGet(() -> new Volume(request.imports().volume(), "", "", false));
    return new SampleTarget(
        connection(),
        target.app(),
        volume.id(),
        volume.bucket(),
        volume.prefix(),
        request.app().copySuggestedFiles());
  }

  /** Where outputs are exported to; the prefix as the sheet fills it. */
  Optional<ExportTarget> export() {
    return request
        .collate()
        .export()
        .flatMap(
            out ->
                target
                    .exportVolume()
                    .map(
                        volume ->
                            new ExportTarget(
                                volume.id(),
                                volume.bucket(),
                                volume.prefix(),
                                out.prefix().replace("{sheet}", sheet.key()))));
  }

  /** The output manifest's file name, one per business key and legal in Synapse. */
  String manifestName() {
    String name = sheet.key() + "." + request.app().name() + ".outputs.csv";
    return name.replaceAll("[^A-Za-z0-9,_. +()'-]", "_");
  }
}
