package io.towpath.sandbox.seed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.image.ImageRegistry;
import io.towpath.sandbox.image.OciImage;
import io.towpath.sandbox.release.ReleaseProgram;
import io.towpath.sandbox.synapse.SynapseSeed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The release part of the demo: an image that makes data files, and what they are made from. */
public final class ReleaseDemo {
  private static final String REPOSITORY = "towpath-demo/release";
  private static final String VERSION = "1.0.0";
  private static final String CONFIG =
      """
      # One release of the demo. Sources are pinned to versions, so it can be made again.
      destination: &dest %s
      datasets:
        - gene_info:
            files:
              - name: gene_metadata
                id: %s
                format: csv
              - name: gene_scores
                id: %s
                format: csv
            final_format: json
            destination: *dest
        - rna_de_aggregate:
            files:
              - name: rna_de
                id: %s
                format: tsv
            final_format: json
            destination: *dest
        - biodomains:
            files:
              - name: biodomains
                id: %s
                format: csv
            final_format: json
            destination: *dest
      """;

  private ReleaseDemo() {}

  /**
   * Plants everything and returns dotted names with their ids.
   *
   * @param project where the release has its folders
   * @param host of the registry, with its port
   */
  public static Map<String, String> plant(
      SynapseSeed synapse, String project, ImageRegistry registry, String host) {
    String release = synapse.folder(project, "release");
    String sources = synapse.folder(release, "sources");
    synapse.file(sources, "README.md", "text/markdown", table("README.md"));
    Map<String, String> ids = new LinkedHashMap<>();
    String data = synapse.folder(release, "data");
    String config =
        CONFIG.formatted(
            data,
            source(synapse, sources, "gene_metadata.csv"),
            source(synapse, sources, "gene_scores.csv"),
            source(synapse, sources, "rna_de.tsv"),
            source(synapse, sources, "biodomains.csv"));
    ids.put("release.config", synapse.file(release, "config.yaml", "text/yaml", bytes(config)));
    ids.put("release.destination", data);
    ids.put("release.staging", synapse.folder(release, "staging"));
    ids.put("release.prod", synapse.folder(release, "prod"));
    registry.publish(REPOSITORY, VERSION, image(VERSION));
    ids.put("release.image", host + "/" + REPOSITORY + ":" + VERSION);
    return ids;
  }

  /** A table in its first version, which a later one that nobody asked for does not touch. */
  private static String source(SynapseSeed synapse, String folder, String name) {
    String type = name.endsWith("tsv") ? "text/tab-separated-values" : "text/csv";
    byte[] table = table(name);
    String id = synapse.file(folder, name, type, table);
    if (name.equals("gene_scores.csv")) {
      String text = new String(table, StandardCharsets.UTF_8);
      synapse.newVersion(id, bytes(text + "ENSG00000176749,1.11,0.42\n"));
    }
    return id + ".1";
  }

  /** The demo's image; of each version with another digest. */
  public static OciImage image(String version) {
    List<OciImage.File> files = new ArrayList<>();
    for (String folder : List.of("run/", "run/secrets/", "tmp/", "usr/local/bin/", "work/")) {
      files.add(OciImage.File.folder(folder));
    }
    files.add(new OciImage.File("usr/local/bin/release-step", 0755, resource("release-step")));
    ReleaseProgram.classes()
        .forEach(
            (path, content) ->
                files.add(new OciImage.File("usr/local/lib/release-step/" + path, 0644, content)));
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings
        .putArray("Env")
        .add("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    settings.putArray("Cmd").add("release-step").add("--help");
    settings.put("WorkingDir", "/work");
    settings
        .putObject("Labels")
        .put("org.opencontainers.image.title", "release-step")
        .put("org.opencontainers.image.version", version);
    return OciImage.build(files, settings, List.of("amd64", "arm64"));
  }

  private static byte[] table(String name) {
    return resource("tables/" + name);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) {
    try (InputStream in = ReleaseDemo.class.getResourceAsStream("/release/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the sandbox lacks a part of its release: " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
