package io.towpath.workflows.samplesheet;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where a JSON Schema comes from; exactly one of {@code inline}, {@code url} and {@code pipeline}
 * is not empty.
 *
 * @param place field of the request that names it
 * @param inline the schema itself
 * @param url https URL of it; {@code sha256} pins its bytes
 * @param sha256 64 hex digits
 * @param pipeline {@code nf-core/NAME}, whose repository has it
 * @param revision tag or commit of that repository; empty until the run is resolved
 */
public record SchemaRef(
    String place,
    Map<String, Object> inline,
    String url,
    String sha256,
    String pipeline,
    String revision) {
  public static SchemaRef inline(String place, Map<String, Object> schema) {
    return new SchemaRef(place, schema, "", "", "", "");
  }

  public static SchemaRef pinned(String place, String url, String sha256) {
    return new SchemaRef(place, Map.of(), url, sha256, "", "");
  }

  public static SchemaRef ofPipeline(String place, String pipeline) {
    return new SchemaRef(place, Map.of(), "", "", pipeline, "");
  }

  /** The same schema, from this revision where a pipeline's repository has it. */
  public SchemaRef at(String tagOrCommit) {
    return pipeline.isEmpty()
        ? this
        : new SchemaRef(place, inline, url, sha256, pipeline, tagOrCommit);
  }

  /** What of it decides the effect of a request; the revision stands with the run. */
  Map<String, Object> effect() {
    Map<String, Object> effect = new TreeMap<>();
    if (!pipeline.isEmpty()) {
      effect.put("pipeline", pipeline);
    } else if (url.isEmpty()) {
      effect.put("inline", inline);
    } else {
      effect.put("sha256", sha256);
    }
    return effect;
  }
}
