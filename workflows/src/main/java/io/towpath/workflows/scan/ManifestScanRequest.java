package io.towpath.workflows.scan;

import io.towpath.workflows.WorkflowIds;
import io.towpath.workflows.model.SpecDigest;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.synapse.ManifestSearch.FindManifests;
import io.towpath.workflows.synapse.ManifestSearch.FoundManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which folder is scanned, and what is started for each new manifest in it.
 *
 * @param folder folder or project; only its direct children count
 * @param names globs over the names of manifests
 * @param template a round trip's request without its manifest
 * @param recipe the template's recipe
 * @param maxConcurrent runs of this folder and recipe at a time
 * @param maxStarts manifests that one scan looks into; it bounds the scan's history
 * @param only the object that an event named
 */
public record ManifestScanRequest(
    SynapseId folder,
    List<String> names,
    Map<String, Object> template,
    String recipe,
    int maxConcurrent,
    int maxStarts,
    Optional<SynapseId> only,
    boolean dryRun) {

  public ManifestScanRequest {
    names = List.copyOf(names);
    template = new TreeMap<>(template);
  }

  /**
   * Reads a request.
   *
   * @param template reads and judges the template, and returns its recipe
   */
  public static ManifestScanRequest read(Fields fields, Function<Fields, String> template) {
    return new ManifestScanRequest(
        fields.value(
            "folder",
            SynapseId::new,
            new SynapseId("syn1"),
            "Synapse folder or project that manifests are put into"),
        fields.texts("names", List.of("*.csv", "*.tsv"), "globs on the names of manifests"),
        object(fields.raw("template")),
        fields.object("template", "a round trip's request without manifest.synId", template),
        fields.number("maxConcurrent", 4, 1, 100, "runs of this folder and recipe at a time"),
        fields.number("maxStarts", 50, 1, 200, "manifests that one scan looks into"),
        readEvent(fields),
        fields.flag("dryRun", false, "say what would be started; start and write nothing"));
  }

  private static Optional<SynapseId> readEvent(Fields fields) {
    Map<String, Object> event =
        fields.free(
            "event", "{objectId: syn…}: look at this object only; other fields are ignored");
    if (fields.raw("event") == null) {
      return Optional.empty();
    }
    String id = String.valueOf(event.getOrDefault("objectId", ""));
    try {
      return Optional.of(new SynapseId(id.matches("\\d+") ? "syn" + id : id));
    } catch (IllegalArgumentException e) {
      fields.problem("event.objectId", e.getMessage() + "; it names the object that changed");
      return Optional.empty();
    }
  }

  private static Map<String, Object> object(@Nullable Object value) {
    Map<String, Object> object = new TreeMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (name, item) -> {
            if (item != null) {
              object.put(String.valueOf(name), item);
            }
          });
    }
    return object;
  }

  String workflowId() {
    return WorkflowIds.manifestScan(folder, recipe, only);
  }

  /** A label for people and search, as its runs have it. */
  Optional<String> dataset() {
    return Optional.ofNullable(template.get("dataset")).map(String::valueOf);
  }

  FindManifests search() {
    return new FindManifests(
        String.valueOf(template.getOrDefault("connection", "default")),
        folder,
        names,
        recipe,
        only,
        maxStarts);
  }

  /** The business key of a manifest's round trip. */
  String key(FoundManifest manifest) {
    return WorkflowIds.roundTrip(manifest.id().value(), recipe);
  }

  /** The round trip of one manifest, pinned, which never does finished work again. */
  Map<String, Object> roundTrip(FoundManifest manifest) {
    Map<String, Object> pinned = object(template.get("manifest"));
    pinned.put("synId", manifest.id().entity());
    pinned.put("version", manifest.id().version().orElseThrow());
    Map<String, Object> request = new TreeMap<>(template);
    request.put("manifest", pinned);
    request.put("rerun", "never");
    return request;
  }

  /** What the scan was asked for, dry or not, for its digest. */
  Map<String, Object> effect() {
    Map<String, Object> effect = new TreeMap<>();
    effect.put("folder", folder.value());
    effect.put("names", new ArrayList<>(names));
    effect.put("template", template);
    effect.put("maxConcurrent", maxConcurrent);
    effect.put("maxStarts", maxStarts);
    effect.put("event", only.map(SynapseId::value).orElse(""));
    return effect;
  }

  SpecDigest digest() {
    return SpecDigest.of(effect());
  }
}
