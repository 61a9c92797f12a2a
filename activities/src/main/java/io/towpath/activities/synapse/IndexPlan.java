package io.towpath.activities.synapse;

import io.towpath.activities.rows.Fingerprints;
import io.towpath.activities.rows.Noted;
import io.towpath.workflows.synapse.NameRules;
import io.towpath.workflows.transfer.OutputFile;
import java.util.List;

/** The folders and names that an index needs, and what in them cannot be. */
final class IndexPlan {
  /** The most children that Synapse takes in one folder. */
  static final int MOST_CHILDREN = 10_000;

  /** Reports lie beside the outputs. */
  static final String REPORT = "towpath-report.json";

  private static final int MOST_RENAMED_SHOWN = 40;
  private static final int MOST_PROBLEMS_SHOWN = 50;

  private final NameRules rules;
  private final Fingerprints files = new Fingerprints();
  private final Fingerprints entriesOfFolders = new Fingerprints();
  private final Fingerprints illegalNames = new Fingerprints();
  private final Noted problems = new Noted(MOST_PROBLEMS_SHOWN);
  private final Noted renamed = new Noted(MOST_RENAMED_SHOWN);

  IndexPlan(NameRules rules) {
    this.rules = rules;
    entriesOfFolders.put("", 0);
  }

  void add(OutputFile output) {
    TargetPath target = TargetPath.of(output.path(), rules);
    if (!namesFit(output, target)) {
      return;
    }
    addFolder(target.folder());
    if (!files.add(target.path())) {
      problems.add(output.uri() + " and another output would both be \"" + target.path() + "\"");
    } else {
      addEntry(target.folder());
    }
    if (entriesOfFolders.has(target.path())) {
      problems.add(bothKinds(target.path()));
    }
    if (target.path().equals(REPORT)) {
      problems.add(output.uri() + " would take the place of the report, \"" + REPORT + "\"");
    }
    if (!target.path().equals(output.path())) {
      renamed.add(output.path() + " -> " + target.path());
    }
  }

  /** Folders below the index's parent. */
  int folderCount() {
    return entriesOfFolders.size() - 1;
  }

  /** Whether there is to be such a folder; the index's parent is the empty path. */
  boolean hasFolder(String path) {
    return entriesOfFolders.has(path);
  }

  boolean hasFile(String path) {
    return files.has(path);
  }

  /** What goes directly into a folder. */
  long entries(String folder) {
    return entriesOfFolders.get(folder).orElse(0);
  }

  /** Everything that Synapse would refuse or mix up, known without asking it. */
  Noted problems() {
    return problems;
  }

  /** The first changed names as {@code from -> to}, and how many more there are. */
  List<String> renamed() {
    return renamed.all(", see the mapping");
  }

  static String below(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  /** The folder that a path lies in. */
  static String above(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private void addFolder(String path) {
    if (entriesOfFolders.putIfAbsent(path, 0)) {
      addFolder(above(path));
      addEntry(above(path));
      if (files.has(path)) {
        problems.add(bothKinds(path));
      }
    }
  }

  private void addEntry(String folder) {
    if (entriesOfFolders.count(folder) == MOST_CHILDREN + 1) {
      problems.add(
          "the folder \""
              + folder
              + "\" gets more than the "
              + MOST_CHILDREN
              + " entries that Synapse takes");
    }
  }

  private static String bothKinds(String path) {
    return "\"" + path + "\" is both a file and a folder";
  }

  /** Whether Synapse takes every part; a folder's name is complained of once. */
  private boolean namesFit(OutputFile output, TargetPath target) {
    boolean fit = EntityName.legal(target.name());
    if (!fit) {
      problems.add(complaint(output, target.name()));
    }
    if (!target.folder().isEmpty()) {
      for (String part : target.folder().split("/", -1)) {
        boolean legal = EntityName.legal(part);
        if (!legal && illegalNames.add(part)) {
          problems.add(complaint(output, part));
        }
        fit &= legal;
      }
    }
    return fit;
  }

  private static String complaint(OutputFile output, String part) {
    String name = part.length() <= 60 ? part : part.substring(0, 60) + "…";
    if (part.length() > EntityName.LONGEST) {
      return output.uri().value()
          + ": the name \""
          + name
          + "\" has "
          + part.length()
          + " characters, Synapse takes "
          + EntityName.LONGEST;
    }
    return output.uri().value()
        + ": Synapse refuses the name \""
        + name
        + "\" (it takes letters, digits and ,_. -+()'); set index.names.onIllegal to \""
        + TargetPath.SANITIZE
        + "\", or exclude it";
  }
}
