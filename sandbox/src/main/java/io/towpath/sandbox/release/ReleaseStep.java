package io.towpath.sandbox.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the data files of a release from pinned tables in Synapse, and the manifest of them. */
final class ReleaseStep {
  private static final String MANIFEST = "data_manifest.csv";

  private final Synapse synapse;
  private final Fields config;
  private final String destination;

  /**
   * @param config a file, an http(s) URL or a Synapse id
   */
  ReleaseStep(Synapse synapse, String config) throws IOException {
    this.synapse = synapse;
    this.config = Fields.of(Yaml.parse(read(synapse, config)));
    this.destination = this.config.text("destination");
  }

  private static String read(Synapse synapse, String config) throws IOException {
    if (config.matches("syn\\d+(\\.\\d+)?")) {
      return synapse.download(config);
    }
    return config.matches("https?://.*")
        ? synapse.fetch(config)
        : Files.readString(Path.of(config));
  }

  private Map<String, Fields> datasets() {
    Map<String, Fields> datasets = new LinkedHashMap<>();
    for (Fields one : config.objects("datasets")) {
      one.map().forEach((name, about) -> datasets.put(name, Fields.of(about)));
    }
    return datasets;
  }

  /** Stores a dataset's rows and a report of them; nothing new when nothing has changed. */
  void process(String name) throws IOException {
    Fields dataset =
        Optional.ofNullable(datasets().get(name))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        name + " is none of the datasets " + datasets().keySet()));
    Map<String, @Nullable Object> tables = new LinkedHashMap<>();
    Map<String, @Nullable Object> report = new LinkedHashMap<>();
    report.put("dataset", name);
    for (Fields file : dataset.objects("files")) {
      String id = file.text("id");
      List<Map<String, @Nullable Object>> rows =
          Table.parse(synapse.download(id), file.text("format"));
      tables.put(file.text("name"), rows);
      report.put(file.text("name"), new TreeMap<>(Map.of("id", id, "rows", rows.size())));
      System.out.println(name + ": " + rows.size() + " rows from " + id);
    }
    Object data = tables.size() == 1 ? tables.values().iterator().next() : tables;
    String json = Json.write(data) + "\n";
    report.put("md5", Synapse.md5(json.getBytes(StandardCharsets.UTF_8)));
    store(name + ".json", "application/json", json);
    store(name + "_report.json", "application/json", Json.write(report) + "\n");
  }

  /** Stores the manifest, once every dataset is there. */
  void release() throws IOException {
    Map<String, String> versions = new TreeMap<>();
    List<String> names = new ArrayList<>();
    for (Fields file : synapse.files(destination)) {
      if (!MANIFEST.equals(file.text("name"))) {
        names.add(file.text("name"));
        versions.put(file.text("id"), file.text("versionNumber"));
      }
    }
    for (String dataset : datasets().keySet()) {
      if (!names.contains(dataset + ".json")) {
        throw new IOException(dataset + ".json is not in " + destination + ": process it first");
      }
    }
    StringBuilder csv = new StringBuilder("id,version\n");
    versions.forEach((id, version) -> csv.append(id).append(',').append(version).append('\n'));
    store(MANIFEST, "text/csv", csv.toString());
  }

  private void store(String name, String type, String text) throws IOException {
    System.out.println(
        synapse.store(
            destination, new Synapse.Content(name, type, text.getBytes(StandardCharsets.UTF_8))));
  }
}
