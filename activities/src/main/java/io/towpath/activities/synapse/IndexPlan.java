package io.towpath.activities.synapse;

import io.towpath.workflows.synapse.SynapseActivities.NameRules;
import io.towpath.workflows.transfer.OutputFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The folders and names that an index needs, and what in them cannot be. */
final class IndexPlan {
  /** The most children that Synapse takes in one folder. */
  static final int MOST_CHILDREN = 10_000;

  /** Reports lie beside the outputs. */
  static final String REPORT = "towpath-report.json";

  private static final int MOST_RENAMED_SHOWN = 40;

  /** What goes directly into one folder. */
  static final class Folder {
    final Set<String> files = new HashSet<>();
    final Set<String> folders = new HashSet<>();
  }

  private final NameRules rules;
  private final SortedMap<String, Folder> folders = new TreeMap<>();
  private final Map<String, Boolean> folderNames = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> renamed = new ArrayList<>();
  private long renamedCount;

  IndexPlan(NameRules rules) {
    this.rules = rules;
    folders.put("", new Folder());
  }

  void add(OutputFile output) {
    TargetPath target = TargetPath.of(output.path(), rules);
    if (!namesFit(output, target)) {
      return;
    }
    Folder folder = folder(target.folder());
    if (!folder.files.add(target.name())) {
      problems.add(output.uri() + " and another output would both be \"" + target.path() + "\"");
    }
    if (target.path().equals(REPORT)) {
      problems.add(output.uri() + " would take the place of the report, \"" + REPORT + "\"");
    }
    if (!target.path().equals(output.path())) {
      renamedCount++;
      if (renamed.size() < MOST_RENAMED_SHOWN) {
        renamed.add(output.path() + " -> " + target.path());
      }
    }
  }

  /** All folders by path, parents before children; the index's parent is the empty path. */
  SortedMap<String, Folder> folders() {
    return folders;
  }

  /** Everything that Synapse would refuse or mix up, known without asking it. */
  List<String> problems() {
    List<String> all = new ArrayList<>(problems);
    folders.forEach(
        (path, folder) -> {
          for (String name : folder.files) {
            if (folder.folders.contains(name)) {
              all.add("\"" + below(path, name) + "\" is both a file and a folder");
            }
          }
          int children = folder.files.size() + folder.folders.size();
          if (children > MOST_CHILDREN) {
            all.add(
                "the folder \""
                    + path
                    + "\" gets "
                    + children
                    + " entries; Synapse takes "
                    + MOST_CHILDREN);
          }
        });
    return all;
  }

  /** The first changed names as {@code from -> to}, and how many more there are. */
  List<String> renamed() {
    List<String> shown = new ArrayList<>(renamed);
    if (renamedCount > renamed.size()) {
      shown.add("and " + (renamedCount - renamed.size()) + " more, see the mapping");
    }
    return shown;
  }

  static String below(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  private Folder folder(String path) {
    Folder known = folders.get(path);
    if (known != null) {
      return known;
    }
    int slash = path.lastIndexOf('/');
    folder(slash < 0 ? "" : path.substring(0, slash)).folders.add(path.substring(slash + 1));
    Folder made = new Folder();
    folders.put(path, made);
    return made;
  }

  /** Whether Synapse takes every part; a folder's name is complained of once. */
  private boolean namesFit(OutputFile output, TargetPath target) {
    boolean fit = EntityName.legal(target.name());
    if (!fit) {
      problems.add(complaint(output, target.name()));
    }
    if (!target.folder().isEmpty()) {
      for (String part : target.folder().split("/", -1)) {
        Boolean before = folderNames.get(part);
        boolean legal = before == null ? EntityName.legal(part) : before;
        if (before == null) {
          folderNames.put(part, legal);
        }
        if (!legal && before == null) {
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
