package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.towpath.sandbox.synapse.SynapseSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** One round trip of a matrix, under a name that marks all its calls, and what must hold of it. */
final class Cell {
  private static final int SEVERAL_PARTS = 9 << 20;

  private final Stack stack;
  private final String name;
  private final String manifest;
  private final Map<String, Object> request;

  Cell(Stack stack, String name, String manifest) {
    this.stack = stack;
    this.name = name;
    this.manifest = manifest;
    this.request = stack.request(name, manifest, stack.folder(name));
  }

  /** A manifest of two small files and one that is copied in parts. */
  static String plant(Stack stack) {
    SynapseSeed synapse = stack.sandbox().synapseSeed();
    String folder = synapse.folder(stack.seed("synapse.project"), "matrix reads");
    byte[] large = new byte[SEVERAL_PARTS];
    for (int i = 0; i < large.length; i += 7) {
      large[i] = (byte) i;
    }
    String one = synapse.file(folder, "a_R1.fastq.gz", "application/gzip", new byte[] {1, 2, 3});
    String two = synapse.file(folder, "a_R2.fastq.gz", "application/gzip", new byte[] {4, 5});
    String big = synapse.file(folder, "b_R1.fastq.gz", "application/gzip", large);
    String sheet =
        "sample,fastq_1,fastq_2,strandedness\na,syn://"
            + one
            + ",syn://"
            + two
            + ",auto\nb,syn://"
            + big
            + ",,auto\n";
    return synapse.file(
        stack.seed("synapse.project"),
        "matrix.csv",
        "text/csv",
        sheet.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /**
   * A pattern that only this cell's calls match: its name, or the folder that its results go to.
   */
  String calls() {
    return name + "[-/\"]|\\\"" + stack.folder(name) + "\\\"";
  }

  /** The business key, which is the workflow id. */
  String workflowId() {
    return "round-trip/" + manifest + ".1/" + name;
  }

  WorkflowStub start() {
    return stack.start(workflowId(), request);
  }

  JsonNode run() {
    return stack.report(start());
  }

  /** Waits for a cell that runs on a pool, and fails as it failed. */
  static void ended(Future<?> cell) throws Exception {
    try {
      cell.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError failed) {
        throw failed;
      }
      throw e;
    }
  }

  /** The report without what differs between two runs of the same work: times, ids, attempts. */
  static Map<String, Object> essence(JsonNode report) {
    JsonNode index = report.path("index");
    Map<String, Object> essence = new TreeMap<>();
    essence.put("outcome", report.path("outcome").asText());
    essence.put(
        "staged", report.at("/staged/count").asText() + " files, " + report.at("/staged/bytes"));
    essence.put("indexed", index.path("created").asLong() + index.path("unchanged").asLong());
    essence.put("newVersions", index.path("newVersions").asLong());
    essence.put("folders", index.path("folderCount").asLong());
    List<Object> runs = new ArrayList<>();
    for (JsonNode run : report.path("runs")) {
      runs.add(run.path("status") + " " + run.path("taskStats") + " " + run.path("relaunches"));
    }
    essence.put("runs", runs);
    return essence;
  }

  /**
   * One run counts, others were cancelled and reported; one version and one activity per output.
   */
  void mustHold(JsonNode report) {
    List<JsonNode> launches =
        stack.effects("seqera", "POST /workflow/launch").stream()
            .filter(e -> e.path("object").path("name").asText().startsWith(name + "-"))
            .toList();
    assertThat(launches).as("platform runs").hasSize(1);
    assertThat(report.path("doublesCancelled").asInt(-1)).as("doubles made").isZero();
    TreeSet<String> activities = new TreeSet<>();
    TreeSet<String> paths = new TreeSet<>();
    for (JsonNode child : everyFile(stack.folder(name))) {
      String id = child.path("id").asText();
      assertThat(child.path("versionNumber").asInt())
          .as("versions of " + child.path("name"))
          .isEqualTo(1);
      assertThat(paths.add(id)).isTrue();
      if (!child.path("name").asText().equals("towpath-report.json")) {
        activities.add(stack.synapse("/repo/v1/entity/" + id + "/generatedBy").path("id").asText());
      }
    }
    assertThat(paths).as("files indexed").hasSizeGreaterThan(1);
    assertThat(activities).as("activities attached").hasSize(1);
  }

  /** Every file below a folder, from the journal: what was made there and is no folder. */
  private List<JsonNode> everyFile(String folder) {
    List<JsonNode> files = new ArrayList<>();
    TreeSet<String> folders = new TreeSet<>(List.of(folder));
    for (JsonNode effect : stack.effects("synapse", "")) {
      String parent = effect.path("request").path("parentId").asText();
      if (effect.path("route").asText().equals("POST /entity") && folders.contains(parent)) {
        folders.add(effect.path("object").path("id").asText());
      }
    }
    TreeSet<String> names = new TreeSet<>();
    for (JsonNode effect : stack.effects("synapse", "POST /entity/bundle2/create")) {
      JsonNode entity = effect.path("request").path("entity");
      if (folders.contains(entity.path("parentId").asText())) {
        assertThat(names.add(entity.path("parentId").asText() + "/" + entity.path("name").asText()))
            .as("made once: " + entity.path("name").asText())
            .isTrue();
        files.add(stack.synapse("/repo/v1/entity/" + effect.path("object").path("id").asText()));
      }
    }
    return files;
  }
}
