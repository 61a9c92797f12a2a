package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.temporal.client.WorkflowStub;
import io.towpath.proof.check.Expectation;
import io.towpath.sandbox.synapse.SynapseSeed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A scan of a folder with a manifest that is new and one that is broken; then a second scan. */
final class ScanCell implements Cell {
  private static final byte[] READS = {1, 2};

  private final Stack stack;
  private final String name;
  private final String reads;
  private final String good;
  private final String broken;
  private final Map<String, Object> request;
  private final long since;

  private ScanCell(Stack stack, String name, String reads) {
    this.stack = stack;
    this.name = name;
    this.reads = reads;
    this.good = sheet("good.csv", reads);
    this.broken = sheet("broken.csv", "syn1999999999");
    this.request = written();
    this.since = stack.lastEffectSeen();
  }

  static Kind kind(Stack stack) {
    String reads =
        stack
            .sandbox()
            .synapseSeed()
            .file(stack.folder("scan reads"), "a.fastq.gz", "application/gzip", READS);
    return name -> new ScanCell(stack, "scan-" + name, reads);
  }

  private String sheet(String file, String reads) {
    byte[] rows = ("sample,fastq_1\na,syn://" + reads + "\n").getBytes(StandardCharsets.UTF_8);
    SynapseSeed synapse = stack.sandbox().synapseSeed();
    return synapse.file(stack.folder(name), file, "text/csv", rows);
  }

  private Map<String, Object> written() {
    Map<String, Object> template = stack.request(name, "", results());
    template.remove("manifest");
    Map<String, Object> whole = new TreeMap<>();
    whole.put("folder", stack.folder(name));
    whole.put("template", template);
    return whole;
  }

  private String results() {
    return stack.folder(name + " results");
  }

  @Override
  public Stack stack() {
    return stack;
  }

  @Override
  public String etl() {
    return "manifest-scan";
  }

  @Override
  public String calls() {
    return name + "[-/\"]|\\\"" + results() + "\\\"";
  }

  @Override
  public String workflowId() {
    return "scheduled/" + name;
  }

  @Override
  public Map<String, Object> request() {
    return request;
  }

  /**
   * One run of the new manifest, one word about the broken one, and nothing for a scan after that.
   * A check whose worker dies may leave its manifest to the next scan.
   */
  @Override
  public Essence outcome(WorkflowStub scan) {
    List<JsonNode> scans = new ArrayList<>(List.of(stack.report(scan)));
    while (!scans.get(scans.size() - 1).path("unchecked").isEmpty()) {
      scans.add(next(scans.size()));
    }
    JsonNode started = all(scans, "started");
    JsonNode refused = all(scans, "refused");
    assertThat(started.findValuesAsText("key")).containsExactly(key(good));
    assertThat(refused.findValuesAsText("key")).containsExactly(key(broken));
    JsonNode begun = stack.report(stack.client().newUntypedWorkflowStub(key(good)));
    JsonNode last = next(scans.size());
    assertThat(last.path("outcome").asText()).isEqualTo("NOOP");
    assertThat(notes()).as("times noted").isEqualTo(1);
    assertThat(launches()).as("platform runs").hasSize(1);
    return new Essence(name)
        .add("started", started)
        .add("refused", refused)
        .add("begun", begun)
        .add("last", last);
  }

  /** The scan's own report has no results. */
  @Override
  public JsonNode told() {
    return stack.result(key(good));
  }

  @Override
  public Expectation asked(long since, JsonNode report) {
    String own = "s3://" + stack.seed("s3.bucket") + "/etl/" + name + "/";
    return Expectation.of(calls(), since)
        .report(report)
        .run("seqera", "\"" + name + "-")
        .staged(own + reads + ".1/a.fastq.gz", READS)
        .output(results(), "a/a.summary.txt", own + name + "/\\w+/a/a.summary.txt$")
        .output(results(), "summary/summary.txt", own + name + "/\\w+/summary/summary.txt$")
        .note(results(), "towpath-report.json")
        .input(good + ".1")
        .input(reads + ".1")
        .keeps(good + ".1")
        .keeps(broken + ".1")
        .keeps(reads + ".1")
        .own(own);
  }

  private JsonNode next(int number) {
    return stack.report(stack.start("manifest-scan", workflowId() + "/" + number, request));
  }

  private static JsonNode all(List<JsonNode> scans, String list) {
    ArrayNode all = Stack.JSON.createArrayNode();
    scans.forEach(scan -> scan.path(list).forEach(all::add));
    return all;
  }

  private String key(String manifest) {
    return "round-trip/" + manifest + ".1/" + name;
  }

  private long notes() {
    return stack.effects("s3", "PUT object", since).stream()
        .filter(e -> e.at("/object/name").asText().endsWith(key(broken) + "/refused"))
        .count();
  }

  private List<JsonNode> launches() {
    return stack.effects("seqera", "POST /workflow/launch", since).stream()
        .filter(e -> e.at("/object/name").asText().startsWith(name + "-"))
        .toList();
  }
}
