package io.towpath.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.towpath.workflows.cavatica.CavaticaWorkflow;
import io.towpath.workflows.plan.Plan;
import io.towpath.workflows.progress.StatusView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** A CAVATICA project of its own, a sheet of samples, and requests for them. */
final class SheetScene {
  private static final String HEADER =
      "component,filepath,s3_uri,sample_id,lane,read_orientation\n";

  private final Stack stack;
  private final String name;
  private final String project;
  private final int lanes;
  private final List<String> samples = new ArrayList<>();
  private String sheet = "";

  SheetScene(Stack stack, String name) {
    this(stack, name, 1);
  }

  /** Samples of so many lanes, two files each. */
  SheetScene(Stack stack, String name, int lanes) {
    this.stack = stack;
    this.name = name;
    this.lanes = lanes;
    this.project = stack.sandbox().sevenBridgesSeed().project(name);
  }

  String project() {
    return project;
  }

  /**
   * Adds a sample, its files on the read-only volume's bucket; {@code a} becomes {@code a_name}.
   */
  SheetScene sample(String letter) {
    String sample = letter + "_" + name;
    for (String file : files(sample)) {
      stack
          .sandbox()
          .objects()
          .put(
              stack.seed("s3.bucket"),
              "sequencing/" + file,
              "application/gzip",
              file.getBytes(StandardCharsets.UTF_8));
    }
    samples.add(sample);
    return this;
  }

  private List<String> files(String sample) {
    List<String> files = new ArrayList<>();
    for (int lane = 1; lane <= lanes; lane++) {
      for (String mate : List.of("R1", "R2")) {
        files.add(name + "/" + sample + "_L" + lane + "_" + mate + ".fastq.gz");
      }
    }
    return files;
  }

  /** The sheet in Synapse, as its next version when it is there; returns its id. */
  String sheet() {
    StringBuilder rows = new StringBuilder(HEADER);
    for (String sample : samples) {
      for (String file : files(sample)) {
        String[] parts = file.split("[_.]", -1);
        String uri = "s3://" + stack.seed("s3.bucket") + "/sequencing/" + file;
        rows.append(String.join(",", "rna", file, uri, sample, parts[2], parts[3])).append('\n');
      }
    }
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    if (sheet.isEmpty()) {
      sheet =
          stack
              .sandbox()
              .synapseSeed()
              .file(stack.seed("synapse.project"), name + ".csv", "text/csv", bytes);
    } else {
      stack.sandbox().synapseSeed().newVersion(sheet, bytes);
    }
    return sheet;
  }

  /** A request for the sheet as it is now, with fields of {@code tasks} changed. */
  Map<String, Object> request(Map<String, Object> tasks) {
    Map<String, Object> request = new TreeMap<>();
    request.put("sheet", Map.of("uri", "syn://" + sheet()));
    request.put("project", project);
    request.put(
        "import",
        Map.of(
            "volume", stack.seed("sevenbridges.volumeReadOnly"),
            "path", "'synapse/' & component & '/' & filepath",
            "metadata", Map.of("sample_id", "sample_id")));
    request.put("app", Map.of("id", stack.seed("sevenbridges.publicApp")));
    Map<String, Object> how = new TreeMap<>();
    how.put(
        "inputs",
        Map.of(
            "input_pe_reads", "files[read_orientation='R1'].file",
            "input_pe_mates", "files[read_orientation='R2'].file",
            "sample_name", "sample_id",
            "output_basename", "opKey"));
    how.putAll(tasks);
    request.put("tasks", how);
    request.put(
        "collate",
        Map.of(
            "to",
            "synapse:" + stack.folder(name),
            "export",
            Map.of("volume", stack.seed("sevenbridges.volumeReadWrite"))));
    return request;
  }

  Plan plan(Map<String, Object> request) {
    return stack.plan(CavaticaWorkflow.TYPE, request);
  }

  /** Plans, then starts under the business key, as the CLI does. */
  WorkflowStub start(Map<String, Object> request) {
    return stack.start(CavaticaWorkflow.TYPE, plan(request).workflowId().orElseThrow(), request);
  }

  String sheetId() {
    return sheet;
  }

  /** How the next tasks of a sample go on, instead of the simulated engine. */
  void plan(String letter, int times, String steps) {
    stack.control(
        "POST",
        "/plans",
        "{\"platform\":\"sevenbridges\",\"match\":\"^"
            + letter
            + "_"
            + name
            + " \",\"times\":"
            + times
            + ",\"steps\":"
            + steps
            + "}");
  }

  /** Drafts that were made in this project. */
  List<JsonNode> drafted() {
    return stack.effects("sevenbridges", "POST /tasks").stream()
        .filter(effect -> effect.at("/request/project").asText().equals(project))
        .toList();
  }

  /** Ids of this project's tasks of which a route changed something. */
  List<String> changed(String route) {
    List<String> ours = drafted().stream().map(task -> task.at("/object/id").asText()).toList();
    return stack.effects("sevenbridges", route).stream()
        .map(effect -> effect.at("/object/id").asText())
        .filter(ours::contains)
        .toList();
  }

  /** The DRS ids of the output manifest. */
  List<String> ids(JsonNode report) {
    return stack
        .object(report.at("/collated/manifestUri").asText())
        .lines()
        .skip(1)
        .map(row -> row.split(",", -1)[8])
        .toList();
  }

  static void approve(WorkflowStub run, String gate) {
    run.update("approve", String.class, Map.of("gate", gate, "by", "ada", "note", "looks right"));
  }

  static StatusView status(WorkflowStub run) {
    return run.query("status", StatusView.class);
  }

  /** How a run failed; its history is replayed. */
  ApplicationFailure failureOf(WorkflowStub run) {
    try {
      throw new AssertionError("ended well: " + run.getResult(Map.class));
    } catch (WorkflowFailedException failed) {
      stack.replay(run);
      return Objects.requireNonNull((ApplicationFailure) failed.getCause());
    }
  }

  static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
  }
}
