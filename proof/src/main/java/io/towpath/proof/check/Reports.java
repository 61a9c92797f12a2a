package io.towpath.proof.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The rule about reports: each number and id that can be asked for is asked for. */
final class Reports {
  private final Scene scene;
  private final JsonNode report;
  private final List<String> lies = new ArrayList<>();

  private Reports(Scene scene) {
    this.scene = scene;
    this.report = scene.asked.report;
  }

  static Outcome tellTruth(Scene scene) {
    Reports check = new Reports(scene);
    switch (scene.asked.report.path("kind").asText()) {
      case "round-trip" -> check.roundTrip();
      case "cavatica-drs" -> check.sheet();
      case "release-deploy" -> check.release();
      default -> {
        return new Outcome.NotApplicable("the scenario ends with no report");
      }
    }
    return Outcome.of(check.lies);
  }

  private void roundTrip() {
    for (JsonNode run : report.path("runs")) {
      String id = run.path("workflowId").asText();
      same("status of " + id, run.path("status").asText(), state("seqera", id));
    }
    same("runs", report.path("runs").size(), scene.asked.runs.size());
    same("doubles", report.path("doublesCancelled").asInt(), Runs.doublesMade(scene));
    same("staged files", report.at("/staged/count").asInt(), scene.asked.staged.size());
    long bytes = scene.asked.staged.stream().mapToLong(Expectation.Staged::size).sum();
    same("staged bytes", report.at("/staged/bytes").asLong(), bytes);
    JsonNode index = report.path("index");
    int filed =
        index.path("created").asInt()
            + index.path("newVersions").asInt()
            + index.path("unchanged").asInt();
    same(
        "files filed",
        filed,
        scene.asked.outputs.stream().filter(Expectation.Output::made).count());
    exists(report.path("reportSynId").asText());
    endedWell(index.path("failed").asInt() == 0);
  }

  private void sheet() {
    int completed = 0;
    for (JsonNode task : report.path("tasks")) {
      String id = task.path("taskId").asText();
      same("status of " + id, task.path("status").asText(), state("sevenbridges", id));
      completed += task.path("status").asText().equals("COMPLETED") ? 1 : 0;
    }
    same("completed tasks", report.at("/taskCounts/completed").asInt(), completed);
    same("samples", report.at("/taskCounts/samples").asInt(), scene.asked.runs.size());
    JsonNode ids = report.path("drs");
    int told = ids.path("minted").asInt() + ids.path("existing").asInt();
    scene.asked.ids.ifPresent(asked -> same("ids", told, asked.count()));
    exists(report.at("/collated/manifestSynId").asText());
    String table = report.at("/collated/manifestUri").asText();
    same(
        "MD5 of " + table,
        report.at("/collated/manifestMd5").asText(),
        scene.object(table).map(Digest::md5).orElse("nothing"));
    endedWell(report.at("/taskCounts/failed").asInt() == 0);
  }

  private void release() {
    for (JsonNode item : report.path("items")) {
      String id = item.path("externalId").asText();
      if (!id.isEmpty()) {
        int code =
            scene.platforms.container(id).map(one -> one.at("/State/ExitCode").asInt()).orElse(-1);
        same("exit code of " + id, item.path("exitCode").asInt(), code);
      }
    }
    for (JsonNode promotion : report.path("promotions")) {
      exists(promotion.path("synId").asText());
    }
  }

  private String state(String platform, String id) {
    return scene.starts(platform).stream()
        .filter(start -> start.entry().id().equals(id))
        .findFirst()
        .map(Start::state)
        .orElse("no run of this scenario");
  }

  /** An entity with its version, as {@code syn1.1}. */
  private void exists(String versioned) {
    int dot = versioned.indexOf('.');
    if (dot < 0) {
      lies.add("\"" + versioned + "\" names no version of an entity");
      return;
    }
    Optional<JsonNode> bundle = scene.entity(versioned.substring(0, dot));
    String version = bundle.map(one -> one.at("/entity/versionNumber").asText()).orElse("gone");
    same("version of " + versioned, versioned.substring(dot + 1), version);
  }

  private void endedWell(boolean well) {
    String outcome = report.path("outcome").asText();
    if (!well && (outcome.equals("SUCCEEDED") || outcome.equals("NOOP"))) {
      lies.add("it tells " + outcome + " though something failed");
    }
  }

  private void same(String what, Object told, Object found) {
    boolean equal =
        (told instanceof Number number && found instanceof Number other)
            ? number.longValue() == other.longValue()
            : Objects.equals(told, found);
    if (!equal) {
      lies.add(what + ": the report tells " + told + ", there is " + found);
    }
  }
}
