package io.towpath.proof.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rules about what is filed in Synapse. */
final class Indexing {
  private Indexing() {}

  static Outcome once(Scene scene) {
    if (scene.asked.outputs.isEmpty()) {
      return new Outcome.NotApplicable("no output is filed");
    }
    List<String> violations = new ArrayList<>();
    for (String parent : parents(scene)) {
      Map<String, String> filed = new TreeMap<>(scene.filed(parent));
      for (Expectation.Output output : scene.asked.outputs) {
        if (output.parent().equals(parent)) {
          String id = filed.remove(output.path());
          violations.addAll(id == null ? missing(output) : differences(scene, output, id));
        }
      }
      scene.asked.kept.forEach(kept -> filed.values().remove(kept.what()));
      filed.forEach((path, id) -> violations.add("nobody asked for " + path + " (" + id + ")"));
    }
    return Outcome.of(violations);
  }

  private static List<String> missing(Expectation.Output output) {
    return List.of(output.path() + " is not in " + output.parent());
  }

  private static Set<String> parents(Scene scene) {
    Set<String> parents = new TreeSet<>();
    scene.asked.outputs.forEach(output -> parents.add(output.parent()));
    return parents;
  }

  private static List<String> differences(Scene scene, Expectation.Output output, String id) {
    JsonNode handle = handle(scene, id);
    String uri = "s3://" + handle.path("bucketName").asText() + "/" + handle.path("key").asText();
    List<String> differences = new ArrayList<>();
    if (!output.source().matcher(uri).find()) {
      differences.add(output.path() + " stands for " + uri + ", not for " + output.source());
    }
    String told = handle.path("contentMd5").asText();
    String md5 = scene.content(id, uri).map(Digest::md5).orElse("no object");
    if (!told.equals(md5)) {
      differences.add(output.path() + " says MD5 " + told + ", but its bytes have " + md5);
    }
    long made =
        scene.sent.committed("synapse", "POST /entity/bundle2/create").stream()
            .filter(entry -> entry.id().equals(id))
            .count();
    if (made != 1) {
      differences.add(output.path() + " was made " + made + " times by the scenario");
    }
    return differences;
  }

  private static JsonNode handle(Scene scene, String id) {
    JsonNode bundle = scene.entity(id).orElseThrow();
    String wanted = bundle.at("/entity/dataFileHandleId").asText();
    for (JsonNode handle : bundle.path("fileHandles")) {
      if (handle.path("id").asText().equals(wanted)) {
        return handle;
      }
    }
    throw new IllegalStateException(id + " has no file handle " + wanted);
  }

  static Outcome oneVersionPerChange(Scene scene) {
    if (scene.asked.outputs.isEmpty()) {
      return new Outcome.NotApplicable("no output is filed");
    }
    List<String> violations = new ArrayList<>();
    for (String parent : parents(scene)) {
      Map<String, String> filed = scene.filed(parent);
      for (Expectation.Output output : scene.asked.outputs) {
        if (output.parent().equals(parent) && filed.containsKey(output.path())) {
          violations.addAll(versions(scene, output, filed.getOrDefault(output.path(), "")));
        }
      }
    }
    return Outcome.of(violations);
  }

  private static List<String> versions(Scene scene, Expectation.Output output, String id) {
    List<String> violations = new ArrayList<>();
    int newest = scene.entity(id).orElseThrow().at("/entity/versionNumber").asInt();
    if (newest != output.versions()) {
      violations.add(output.path() + " is in version " + newest + ", not " + output.versions());
    }
    if (newest > 1) {
      String newer = "";
      for (JsonNode version : scene.platforms.versions(id)) {
        String md5 = version.path("contentMd5").asText();
        if (md5.equals(newer)) {
          violations.add(
              output.path() + " has two versions with MD5 " + md5 + ", one after the other");
        }
        newer = md5;
      }
    }
    return violations;
  }
}
