package io.towpath.proof.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rule about what is the user's. */
final class Kept {
  private Kept() {}

  static Outcome all(Scene scene) {
    List<String> violations = new ArrayList<>();
    scene.asked.kept.forEach(kept -> changed(scene, kept).ifPresent(violations::add));
    for (Entry entry : scene.all.committed()) {
      if (entry.deletes() && !madeBefore(scene, entry)) {
        violations.add(entry + " deleted what the scenario had not made");
      }
      if (entry.text().contains("\"overwrite\":true")) {
        violations.add(entry + " replaces what is there");
      }
    }
    return Outcome.of(violations);
  }

  private static Optional<String> changed(Scene scene, Expectation.Kept kept) {
    String now =
        kept.what().startsWith("s3://")
            ? scene.object(kept.what()).map(Digest::md5).orElse("gone")
            : scene
                .entity(kept.what())
                .map(bundle -> bundle.at("/entity/versionNumber").asText())
                .orElse("gone");
    return now.equals(kept.state())
        ? Optional.empty()
        : Optional.of(kept.what() + " was " + kept.state() + " and is " + now);
  }

  private static boolean madeBefore(Scene scene, Entry delete) {
    return scene.all.committed().stream()
        .anyMatch(
            entry ->
                entry.seq() < delete.seq() && !entry.deletes() && entry.id().equals(delete.id()));
  }
}
