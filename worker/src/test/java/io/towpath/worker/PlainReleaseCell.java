package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.client.WorkflowStub;
import io.towpath.proof.check.Expectation;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * A release whose programs remember nothing and go on for a moment, so that they can be stopped and
 * run again; without a gate, so that it comes to its end by itself.
 */
final class PlainReleaseCell implements Cell {
  private static final String REQUEST =
      """
      project: demo
      environment: plain
      release: NAME
      image: <release.image>
      exclusive: ["synapse:NAME"]
      notify: ["synapse:USER"]
      steps:
        - name: process
          command: [sh, -c, "sleep 3", "{item}"]
          items: {names: [one, two]}
        - name: release
          command: [sh, -c, "exit 0", last]
          needs: [process]
      verify: {manifest: {parent: FOLDER, onUnchanged: accept}}
      promote: [{to: prod, parent: PROD}]
      """;

  private final Stack stack;
  private final String name;
  private final ReleaseFolder data;
  private final String prod;
  private final Map<String, Object> request;

  private PlainReleaseCell(Stack stack, String name) {
    this.stack = stack;
    this.name = name;
    this.data = new ReleaseFolder(stack, name, 2);
    this.prod = stack.sandbox().synapseSeed().folder(stack.folder(name), "prod");
    this.request =
        new Yaml()
            .load(
                REQUEST
                    .replace("NAME", name)
                    .replace("<release.image>", stack.seed("release.image"))
                    .replace("USER", ReleaseCell.user(stack))
                    .replace("FOLDER", data.id())
                    .replace("PROD", prod));
  }

  /** Pulls the image before. */
  static Kind kind(Stack stack) {
    ReleaseCell.pull(stack);
    return name -> new PlainReleaseCell(stack, name);
  }

  @Override
  public Stack stack() {
    return stack;
  }

  @Override
  public String etl() {
    return "release-deploy";
  }

  @Override
  public String calls() {
    return "(\\b|_)" + name + "\\b|\"" + prod + "\"";
  }

  @Override
  public String workflowId() {
    return "release-deploy/demo/plain/" + name;
  }

  @Override
  public Map<String, Object> request() {
    return request;
  }

  @Override
  public Essence outcome(WorkflowStub run) {
    JsonNode report = stack.report(run);
    ObjectNode told = Stack.JSON.createObjectNode();
    report.path("items").forEach(item -> told.set(item.path("name").asText(), item.path("status")));
    assertThat(told).hasSize(3);
    return new Essence(name).add("items", told).add("outcome", report.path("outcome"));
  }

  /** What was done before is not run again; of all else one container runs. */
  @Override
  public Expectation asked(long since, JsonNode report) {
    Expectation asked =
        Expectation.of(calls(), since)
            .report(report)
            .note(prod, "release.json")
            .keeps(data.manifest() + ".1");
    for (JsonNode item : report.path("items")) {
      String which = item.path("name").asText().replaceFirst("^process/", "");
      boolean before = item.path("status").asText().equals("DONE_BEFORE");
      asked.runs("container", "\"" + which.replace("release", "last") + "\"", before ? 0 : 1);
    }
    return asked;
  }
}
