package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.towpath.proof.check.Expectation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two round trips that file results of the same names in the same folder at the same time: one of
 * them gets the folder, whole; the other one is told so, and files nothing.
 */
final class FolderRaceCell implements Cell {
  private static final byte[] READS = {1, 2, 3};

  private final Stack stack;
  private final String name;
  private final String folder;
  private final String reads;
  private final String sheet;
  private final List<WorkflowStub> runs = new ArrayList<>();
  private String winner = "";

  FolderRaceCell(Stack stack, String name) {
    this.stack = stack;
    this.name = name;
    this.folder = stack.folder(name + " results");
    this.reads = file("a.fastq.gz", READS);
    byte[] rows = ("sample,fastq_1\na,syn://" + reads + "\n").getBytes(StandardCharsets.UTF_8);
    this.sheet = file("sheet.csv", rows);
  }

  private String file(String file, byte[] bytes) {
    return stack.sandbox().synapseSeed().file(stack.folder(name), file, "text/plain", bytes);
  }

  private List<String> recipes() {
    return List.of(name + "-one", name + "-two");
  }

  @Override
  public Stack stack() {
    return stack;
  }

  @Override
  public String etl() {
    return "round-trip";
  }

  @Override
  public String calls() {
    return name + "-(one|two)[-/\"]|\\\"" + folder + "\\\"";
  }

  @Override
  public String workflowId() {
    return id(recipes().get(0));
  }

  private String id(String recipe) {
    return "round-trip/" + sheet + ".1/" + recipe;
  }

  @Override
  public Map<String, Object> request() {
    return request(recipes().get(0));
  }

  private Map<String, Object> request(String recipe) {
    Map<String, Object> request = new TreeMap<>(stack.request(recipe, sheet, folder));
    request.put("recipe", recipe);
    return request;
  }

  @Override
  public WorkflowStub start() {
    recipes().forEach(recipe -> runs.add(stack.start(etl(), id(recipe), request(recipe))));
    return runs.get(0);
  }

  /** The one that lost would try again. */
  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public JsonNode told() {
    return MissingNode.getInstance();
  }

  @Override
  public Essence outcome(WorkflowStub run) {
    List<String> outcomes = runs.stream().map(this::outcomeOf).toList();
    assertThat(outcomes).filteredOn("SUCCEEDED"::equals).as("done: %s", outcomes).hasSize(1);
    assertThat(outcomes)
        .filteredOn(outcome -> outcome.contains("belongs to round-trip/" + sheet))
        .as("told: %s", outcomes)
        .hasSize(1);
    winner = recipes().get(outcomes.indexOf("SUCCEEDED"));
    return new Essence(name);
  }

  private String outcomeOf(WorkflowStub run) {
    try {
      return stack.report(run).path("outcome").asText();
    } catch (WorkflowFailedException failed) {
      return String.valueOf(failed.getCause());
    }
  }

  @Override
  public Expectation asked(long since, JsonNode report) {
    String to = "s3://" + stack.seed("s3.bucket") + "/etl/";
    String its = to + winner + "/" + winner + "/\\w+/";
    Expectation asked =
        Expectation.of(calls(), since)
            .output(folder, "a/a.summary.txt", its + "a/a.summary.txt$")
            .output(folder, "summary/summary.txt", its + "summary/summary.txt$")
            .note(folder, "towpath-report.json")
            .keeps(sheet + ".1")
            .keeps(reads + ".1");
    for (String recipe : recipes()) {
      asked
          .run("seqera", "\"" + recipe + "-")
          .staged(to + recipe + "/" + reads + ".1/a.fastq.gz", READS)
          .own(to + recipe + "/");
    }
    return asked;
  }
}
