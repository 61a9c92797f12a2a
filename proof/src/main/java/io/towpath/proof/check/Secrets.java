package io.towpath.proof.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rule about credentials and signed URLs. */
final class Secrets {
  /** The journal puts this in the place of what is secret in a call. */
  private static final String MASKED = "***";

  private static final Pattern SIGNED =
      Pattern.compile("(?i)X-Amz-Signature=|X-Amz-Security-Token=|Authorization: *Bearer");

  /** Requests, results, reports and tables, not pages of lists and marks of what was sent. */
  private static final Pattern READ_BY_PEOPLE =
      Pattern.compile("/(claim|result|refused|report\\.json|[^/]*\\.(csv|log|outcome))$");

  private Secrets() {}

  static Outcome none(Scene scene) {
    List<String> violations = new ArrayList<>();
    List<String> secrets = scene.platforms.secrets();
    for (Entry entry : scene.all.entries()) {
      if (entry.text().contains(MASKED) || shows(entry.text(), secrets)) {
        violations.add("a secret was sent in " + entry);
      }
    }
    Set<String> notes = notes(scene);
    int written = notes.size();
    if (scene.asked.hurried) {
      notes.removeIf(uri -> !READ_BY_PEOPLE.matcher(uri).find());
    }
    for (String uri : notes) {
      String text = new String(scene.object(uri).orElse(new byte[0]), StandardCharsets.UTF_8);
      if (shows(text, secrets)) {
        violations.add("a secret lies in " + uri);
      }
    }
    for (String told : scene.asked.told) {
      if (shows(told, secrets)) {
        violations.add("a secret is told by the report, the history or a log");
      }
    }
    return violations.isEmpty() && notes.size() < written
        ? new Outcome.Held(notes.size() + " of " + written + " written objects were read")
        : Outcome.of(violations);
  }

  /** Objects that the scenario wrote, but for files that it was asked to copy. */
  private static Set<String> notes(Scene scene) {
    Set<String> notes = new LinkedHashSet<>();
    scene.sent.committed().stream()
        .filter(Entry::writesObject)
        .forEach(entry -> notes.add(entry.id()));
    scene.asked.staged.forEach(file -> notes.remove(file.uri()));
    return notes;
  }

  private static boolean shows(String text, List<String> secrets) {
    return secrets.stream().anyMatch(text::contains) || SIGNED.matcher(text).find();
  }
}
