package io.towpath.starter.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** The release that the seed is made for: three datasets in containers, a gate, a promotion. */
final class ReleaseDemo implements Act {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RELEASE = "2026.07";
  private static final String ID = "release-deploy/demo/preprod/" + RELEASE;
  private static final String GATE = "approve-release";
  private static final String APPROVER = "the-demo";

  private final JsonNode seed;
  private final Stand stand;
  private final PrintStream out;
  private final BiConsumer<PrintStream, String[]> command;

  /**
   * @param command runs a towpath command; its answer goes to the stream
   */
  ReleaseDemo(
      JsonNode seed, Stand stand, PrintStream out, BiConsumer<PrintStream, String[]> command) {
    this.seed = seed;
    this.stand = stand;
    this.out = out;
    this.command = command;
  }

  @Override
  public String kind() {
    return "release-deploy";
  }

  @Override
  public String file() {
    return "release.json";
  }

  @Override
  public void introduce() {
    out.println(
        "release-deploy "
            + RELEASE
            + ", configured by "
            + seeded("release.config")
            + "\n             -> "
            + seeded("release.image")
            + ", a container per dataset\n"
            + "             -> a manifest, approved, promoted to staging ("
            + seeded("release.staging")
            + ")");
    out.println();
  }

  @Override
  public String request() {
    ObjectNode request = JSON.createObjectNode();
    request.put("project", "demo").put("environment", "preprod").put("release", RELEASE);
    request.put("image", seeded("release.image"));
    request.putObject("config").put("uri", "syn://" + seeded("release.config"));
    request.putObject("variables").put("SYNAPSE_ENDPOINT", stand.setting("SYNAPSE_ENDPOINT"));
    request.putObject("secrets").put("SYNAPSE_AUTH_TOKEN", "env:SYNAPSE_AUTH_TOKEN");
    request.putArray("exclusive").add("synapse:" + seeded("release.destination"));
    ArrayNode steps = request.putArray("steps");
    ObjectNode process = step(steps, "process", "process", "{config}", "--dataset", "{item}");
    process.putObject("items").put("fromConfig", "datasets[*].keys");
    ObjectNode release = step(steps, "release", "release", "{config}");
    release.putArray("needs").add("process");
    release.put("gate", GATE);
    request.putObject("gates").putObject(GATE).putArray("approvers").add(APPROVER);
    request.putObject("verify").putObject("manifest").put("parent", seeded("release.destination"));
    request
        .putArray("promote")
        .addObject()
        .put("to", "staging")
        .put("parent", seeded("release.staging"));
    return request.toPrettyString();
  }

  private static ObjectNode step(ArrayNode steps, String name, String... arguments) {
    ObjectNode step = steps.addObject().put("name", name);
    ArrayNode command = step.putArray("command").add("release-step");
    for (String argument : arguments) {
      command.add(argument);
    }
    return step;
  }

  /** Opens the gate as a person would, once the run says that it waits there. */
  @Override
  public PrintStream progress(PrintStream screen) {
    return Noticing.on(screen, "waits for", () -> approve(screen));
  }

  private void approve(PrintStream screen) {
    screen.println("$ towpath approve " + ID + " --gate " + GATE + " --by " + APPROVER);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    command.accept(
        new PrintStream(answer, true, StandardCharsets.UTF_8),
        new String[] {"approve", ID, "--gate", GATE, "--by", APPROVER});
    screen.println(answer.toString(StandardCharsets.UTF_8).strip());
  }

  @Override
  public boolean tell(JsonNode report) {
    JsonNode manifest = report.path("manifest");
    JsonNode promotion = report.at("/promotions/0");
    out.println();
    out.println(
        report.at("/itemCounts/SUCCEEDED").asInt()
            + " containers of "
            + report.path("imageDigest").asText()
            + ",\n"
            + manifest.path("files").asInt()
            + " files in "
            + manifest.path("synId").asText()
            + "."
            + manifest.path("version").asText()
            + ", approved by "
            + report.at("/approvals/" + GATE).asText()
            + ", promoted to "
            + promotion.path("to").asText()
            + " as "
            + promotion.path("synId").asText());
    return manifest.path("files").asInt() > 0 && promotion.path("state").asText().equals("done");
  }

  private String seeded(String name) {
    return seed.path(name).asText();
  }
}
