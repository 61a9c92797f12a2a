package io.towpath.proof.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The rule about what is not to be there afterwards. */
final class Leftovers {
  /** Where lists, reports and sheets of a run go, below the folder that it was given. */
  private static final String NOTES = "/towpath/";

  private static final Pattern FOLDER = Pattern.compile("s3://[^\"\\\\\\s]+/(?=[\"\\\\])");

  private Leftovers() {}

  static Outcome none(Scene scene) {
    List<String> violations = new ArrayList<>();
    Set<String> outdirs = outdirs(scene);
    Set<String> asked = new HashSet<>(Ids.places(scene));
    scene.asked.staged.forEach(file -> asked.add(file.uri()));
    for (String own : scene.asked.own) {
      scene.platforms.s3().openUploads(own).forEach(uri -> violations.add(uri + " is half sent"));
      for (String uri : scene.platforms.s3().list(own)) {
        if (!asked.contains(uri)
            && !uri.contains(NOTES)
            && outdirs.stream().noneMatch(uri::startsWith)) {
          violations.add("nobody asked for " + uri);
        }
      }
    }
    violations.addAll(uploadsToSynapse(scene));
    for (Entry task : scene.sent.committed("sevenbridges", "POST /tasks")) {
      scene
          .platforms
          .task(task.id())
          .filter(now -> now.path("status").asText().equals("DRAFT"))
          .ifPresent(draft -> violations.add("a draft is left: " + task));
    }
    return Outcome.of(violations);
  }

  /** Folders that runs were told to write to. */
  private static Set<String> outdirs(Scene scene) {
    Set<String> outdirs = new HashSet<>();
    for (Start start : scene.starts("seqera")) {
      FOLDER.matcher(start.text()).results().map(MatchResult::group).forEach(outdirs::add);
    }
    return outdirs;
  }

  /** Synapse tells nobody of them, so the journal is asked. */
  private static List<String> uploadsToSynapse(Scene scene) {
    Set<String> complete = new HashSet<>();
    scene
        .sent
        .committed("synapse", "PUT /file/multipart/{uploadId}/complete")
        .forEach(entry -> complete.add(entry.name()));
    return scene.sent.committed("synapse", "POST /file/multipart").stream()
        .filter(entry -> !complete.contains(entry.name()))
        .map(entry -> "an upload is open: " + entry)
        .toList();
  }
}
