package io.towpath.proof.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rule about what results say of where they come from. */
final class Provenance {
  /** At the end of a run's page on Seqera Platform. */
  private static final String RUN = "/watch/";

  private Provenance() {}

  /** Files that no activity is attached to, as a report is, are not asked. */
  static Outcome exact(Scene scene) {
    if (scene.asked.inputs.isEmpty() || scene.asked.outputs.isEmpty()) {
      return new Outcome.NotApplicable("no output is filed with what it was made of");
    }
    Set<String> runs = new TreeSet<>();
    scene.starts("seqera").stream()
        .filter(start -> !start.cancelled())
        .forEach(start -> runs.add(start.entry().id()));
    List<String> violations = new ArrayList<>();
    Set<String> activities = new TreeSet<>();
    for (Expectation.Output output : scene.asked.outputs) {
      String id = scene.filed(output.parent()).getOrDefault(output.path(), "");
      if (!id.isEmpty() && output.made()) {
        JsonNode activity = scene.platforms.activity(id).orElse(Web.JSON.createObjectNode());
        activities.add(activity.path("id").asText("none"));
        violations.addAll(differences(scene, output.path(), activity, runs));
      }
    }
    if (activities.size() > 1) {
      violations.add("the outputs of one request name " + activities.size() + " activities");
    }
    return Outcome.of(violations);
  }

  private static List<String> differences(
      Scene scene, String path, JsonNode activity, Set<String> runs) {
    Set<String> used = new TreeSet<>();
    Set<String> executed = new TreeSet<>();
    for (JsonNode one : activity.path("used")) {
      String url = one.path("url").asText();
      if (url.contains(RUN)) {
        executed.add(url.substring(url.lastIndexOf('/') + 1));
      } else if (!one.path("wasExecuted").asBoolean()) {
        JsonNode reference = one.path("reference");
        used.add(
            reference.path("targetId").asText()
                + "."
                + reference.path("targetVersionNumber").asText());
      }
    }
    List<String> differences = new ArrayList<>();
    if (!used.equals(scene.asked.inputs)) {
      differences.add(path + " names inputs " + used + ", not " + scene.asked.inputs);
    }
    if (!executed.equals(runs)) {
      differences.add(path + " names runs " + executed + ", not " + runs);
    }
    return differences;
  }
}
