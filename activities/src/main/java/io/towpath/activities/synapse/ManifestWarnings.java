package io.towpath.activities.synapse;

import io.towpath.activities.rows.Noted;
import java.util.ArrayList;
import java.util.List;

/** What does not stand in the way of a manifest: the first of each kind, and how many more. */
final class ManifestWarnings {
  private static final int MOST = 50;
  private static final int MOST_OUTDATED = 20;

  private final List<String> placed = new ArrayList<>();
  private final Noted outdated = new Noted(MOST_OUTDATED);
  private final Noted others = new Noted(MOST);

  /** Warnings that come before all others. */
  void first(List<String> warnings) {
    placed.addAll(warnings);
  }

  /** What a look at a file found. */
  void of(FileLook look, String cell) {
    look.outdated().ifPresent(older -> outdated.add(cell + ": " + older));
    look.warnings().forEach(warning -> others.add(cell + ": " + warning));
  }

  /** At most 50, and then how many more. */
  List<String> all() {
    List<String> all = new ArrayList<>(placed);
    all.addAll(outdated.first());
    if (outdated.count() > MOST_OUTDATED) {
      all.add(outdated.count() - MOST_OUTDATED + " more files have a newer version in Synapse");
    }
    all.addAll(others.first());
    long more = Math.max(0, all.size() - MOST) + others.count() - others.first().size();
    List<String> shown = new ArrayList<>(all.subList(0, Math.min(MOST, all.size())));
    if (more > 0) {
      shown.add("and " + more + " more warnings");
    }
    return shown;
  }
}
