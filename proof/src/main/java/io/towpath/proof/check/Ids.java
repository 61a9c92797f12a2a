package io.towpath.proof.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** The rule about DRS ids. */
final class Ids {
  private Ids() {}

  static Outcome resolve(Scene scene) {
    if (scene.asked.ids.isEmpty()) {
      return new Outcome.NotApplicable("no DRS id is asked for");
    }
    Expectation.Ids asked = scene.asked.ids.get();
    Table table = table(scene, asked);
    List<String> ids = table.column(asked.idColumn());
    List<String> places = table.column(asked.uriColumn());
    List<String> violations = new ArrayList<>();
    if (ids.size() != asked.count()) {
      violations.add(asked.table() + " has " + ids.size() + " ids, not " + asked.count());
    }
    if (new HashSet<>(ids).size() < ids.size() || new HashSet<>(places).size() < places.size()) {
      violations.add("an id or a place stands twice in " + asked.table());
    }
    for (int i = 0; i < ids.size(); i++) {
      violations.addAll(differences(scene, ids.get(i), places.get(i)));
    }
    return Outcome.of(violations);
  }

  /** The {@code s3://} URIs of the table, none when there is no table. */
  static List<String> places(Scene scene) {
    return scene
        .asked
        .ids
        .map(asked -> table(scene, asked).column(asked.uriColumn()))
        .orElse(List.of());
  }

  private static Table table(Scene scene, Expectation.Ids asked) {
    return Table.of(scene.object(asked.table()).orElse(new byte[0]));
  }

  private static List<String> differences(Scene scene, String id, String place) {
    JsonNode told = scene.platforms.resolved(id).orElse(null);
    if (told == null) {
      return List.of(id + " resolves to nothing");
    }
    byte[] bytes = scene.object(place).orElse(new byte[0]);
    List<String> differences = new ArrayList<>();
    if (told.path("size").asLong() != bytes.length) {
      differences.add(id + " has size " + told.path("size") + ", not " + bytes.length);
    }
    String md5 = Digest.md5(bytes);
    if (told.path("checksums").findValuesAsText("checksum").stream().noneMatch(md5::equals)) {
      differences.add(id + " has checksums " + told.path("checksums") + ", not MD5 " + md5);
    }
    String url = told.at("/access_methods/0/access_url/url").asText();
    if (url.startsWith("s3://") && !url.equals(place)) {
      differences.add(id + " leads to " + url + ", not to " + place);
    }
    if (url.equals(place) && scene.platforms.records(place).size() != 1) {
      differences.add(place + " has " + scene.platforms.records(place).size() + " ids");
    }
    return differences;
  }
}
