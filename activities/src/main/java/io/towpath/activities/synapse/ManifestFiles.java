package io.towpath.activities.synapse;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.samplesheet.Sheet;
import io.towpath.activities.samplesheet.SheetReferences;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.samplesheet.SheetRules;
import io.towpath.workflows.synapse.ManifestVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that a manifest names, each looked at once.
 *
 * @param rows rows of the sheet
 * @param files distinct files, in order of first use
 * @param problems everything that is wrong, with line and column
 * @param warnings what does not stand in the way
 */
record ManifestFiles(
    long rows, List<FileRef> files, List<Problem> problems, List<String> warnings) {
  /** What Synapse takes of one user at once. */
  static final int AT_ONCE = 3;

  static ManifestFiles of(
      byte[] bytes,
      ManifestVersion manifest,
      SheetRules rules,
      SynapseAccount account,
      PageRunner pages,
      Runnable heartbeat) {
    Sheet sheet = Sheet.of(bytes, manifest.name(), rules);
    SheetReferences references = SheetReferences.in(sheet, rules);
    List<SynapseId> ids = List.copyOf(references.places().keySet());
    List<FileLook> looks =
        pages.run(ids, AT_ONCE, id -> FileLook.at(id, account), progress -> heartbeat.run());
    Map<SynapseId, FileRef> files = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>(references.problems());
    List<String> warnings = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      FileLook look = looks.get(i);
      List<String> places = references.places().getOrDefault(ids.get(i), List.of());
      look.file().ifPresent(file -> files.putIfAbsent(file.id(), file));
      look.warnings().forEach(warning -> warnings.add(places.get(0) + ": " + warning));
      if (look.file().isEmpty()) {
        places.forEach(place -> problems.add(new Problem(place, look.problem())));
      }
    }
    return new ManifestFiles(sheet.rows(), List.copyOf(files.values()), problems, warnings);
  }

  long bytes() {
    return files.stream().mapToLong(FileRef::sizeBytes).sum();
  }
}
