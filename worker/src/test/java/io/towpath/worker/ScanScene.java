package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Folders of manifests in the stand-in, scans of them, and what these did. */
final class ScanScene {
  private final Stack stack;

  ScanScene(Stack stack) {
    this.stack = stack;
  }

  Map<String, Object> request(String name) {
    Map<String, Object> request = new TreeMap<>();
    request.put("folder", stack.folder(name));
    request.put("template", template(name));
    return request;
  }

  /** All manifests share the results' folder, so what is no sample's own is left out. */
  Map<String, Object> template(String name) {
    Map<String, Object> template = stack.request(name, "", stack.folder(name + "-out"));
    template.remove("manifest");
    template.put(
        "index", Map.of("parent", stack.folder(name + "-out"), "exclude", List.of("summary/**")));
    return template;
  }

  /** A sheet of one sample in the folder of this name. */
  String sheet(String folder, String name) {
    return sheet(folder, name, reads(folder));
  }

  String sheet(String folder, String name, String reads) {
    return file(folder, name, rows(reads));
  }

  String reads(String folder) {
    return file(folder + "-reads", "reads-" + UUID.randomUUID() + ".fastq.gz", "reads");
  }

  String file(String folder, String name, String text) {
    return stack
        .sandbox()
        .synapseSeed()
        .file(stack.folder(folder), name, "text/plain", bytes(text));
  }

  static String rows(String reads) {
    return "sample,fastq_1\n" + reads + ",syn://" + reads + "\n";
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String key(String sheet, int version, String recipe) {
    return "round-trip/" + sheet + "." + version + "/" + recipe;
  }

  /** A scan as a schedule starts it, under an id of its own. */
  WorkflowStub begin(Map<String, Object> request) {
    return stack.start("manifest-scan", "scheduled/" + UUID.randomUUID(), request);
  }

  JsonNode scan(Map<String, Object> request) {
    return stack.report(begin(request));
  }

  /** Waits for the runs that a scan started, however they end. */
  void ended(JsonNode report) {
    for (String key : keys(report, "started")) {
      WorkflowStub run = stack.client().newUntypedWorkflowStub(key);
      try {
        run.getResult(Map.class);
      } catch (WorkflowFailedException failed) {
        assertThat(failed).hasCauseInstanceOf(ApplicationFailure.class);
      }
    }
  }

  static List<String> keys(JsonNode report, String list) {
    return report.path(list).findValuesAsText("key");
  }

  static String outcome(JsonNode report) {
    return report.path("outcome").asText();
  }

  List<JsonNode> launches(String namePrefix) {
    return stack.effects("seqera", "POST /workflow/launch").stream()
        .filter(e -> e.path("object").path("name").asText().startsWith(namePrefix))
        .toList();
  }

  long refusals(String key) {
    return stack.effects("s3", "PUT object").stream()
        .filter(e -> e.path("object").path("name").asText().endsWith(key + "/refused"))
        .count();
  }
}
