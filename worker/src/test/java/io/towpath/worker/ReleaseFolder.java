package io.towpath.worker;

import io.towpath.sandbox.synapse.SynapseSeed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder with files and a manifest of some of them, which a test writes in place of the steps.
 */
final class ReleaseFolder {
  private static final String CSV = "text/csv";

  private final SynapseSeed seed;
  private final String id;
  private final List<String> files = new ArrayList<>();
  private final String manifest;

  ReleaseFolder(Stack stack, String name, int files) {
    this.seed = stack.sandbox().synapseSeed();
    this.id = seed.folder(stack.folder(name), "data");
    for (int i = 0; i < files; i++) {
      this.files.add(seed.file(id, "file-" + i + ".csv", CSV, bytes(name + i)));
    }
    this.manifest = seed.file(id, "data_manifest.csv", CSV, rows(files));
  }

  /** Adds a file of no bytes, to the folder and to the manifest. */
  ReleaseFolder withEmptyFile() {
    files.add(seed.file(id, "empty.csv", CSV, new byte[0]));
    list(files.size());
    return this;
  }

  String id() {
    return id;
  }

  /** The manifest's id. */
  String manifest() {
    return manifest;
  }

  /** The next version of the manifest, which names the first files. */
  void list(int most) {
    seed.newVersion(manifest, rows(most));
  }

  Map<String, Object> verify(Map<String, Object> rules) {
    Map<String, Object> manifestRules = new TreeMap<>(rules);
    manifestRules.put("parent", id);
    return Map.of("manifest", manifestRules);
  }

  private byte[] rows(int most) {
    StringBuilder csv = new StringBuilder("id,version\n");
    files.subList(0, most).forEach(file -> csv.append(file).append(",1\n"));
    return bytes(csv.toString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
