package io.towpath.activities.synapse;

import io.towpath.activities.rows.Fingerprints;
import io.towpath.activities.rows.Noted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;

/** What of a plan exists already below the index's parent. */
final class ExistingTree {
  private static final int MOST_COLLISIONS_SHOWN = 50;

  private final IndexPlan plan;
  private final Fingerprints folders = new Fingerprints();
  private final Fingerprints files = new Fingerprints();
  private final Fingerprints stamps = new Fingerprints();
  private final Noted collisions = new Noted(MOST_COLLISIONS_SHOWN);

  private ExistingTree(IndexPlan plan) {
    this.plan = plan;
  }

  /** Lists the folders that the plan touches, from the parent downwards. */
  static ExistingTree of(
      SynapseClient client, String parentId, IndexPlan plan, Runnable heartbeat) {
    ExistingTree tree = new ExistingTree(plan);
    tree.folders.put("", number(parentId));
    Queue<String> open = new ArrayDeque<>(List.of(""));
    while (!open.isEmpty()) {
      String path = open.remove();
      Children children =
          Children.of(
              client,
              tree.folder(path).orElse(parentId),
              name -> tree.wants(path, name),
              heartbeat);
      open.addAll(tree.add(path, children));
    }
    return tree;
  }

  /** The id of a folder that is there. */
  Optional<String> folder(String path) {
    return id(folders.get(path));
  }

  /** Takes in a folder that was made since. */
  void made(String path, String id) {
    folders.put(path, number(id));
  }

  /** The id of a file that is there. */
  Optional<String> file(String path) {
    return id(files.get(path));
  }

  /** The state of a file that is there, see {@link Stamp}. */
  OptionalLong stamp(String path) {
    return stamps.get(path);
  }

  /** Folders that are there, with the index's parent. */
  int folderCount() {
    return folders.size();
  }

  /** What exists and is of another type, or leaves no room. */
  Noted collisions() {
    return collisions;
  }

  private boolean wants(String folder, String name) {
    String path = IndexPlan.below(folder, name);
    return plan.hasFile(path) || plan.hasFolder(path) || path.equals(IndexPlan.REPORT);
  }

  /** Takes in what one folder holds; returns the folders below it that exist. */
  private List<String> add(String folder, Children children) {
    List<String> below = new ArrayList<>();
    children
        .byName()
        .forEach(
            (name, child) -> {
              String path = IndexPlan.below(folder, name);
              if (plan.hasFolder(path) && child.folder()) {
                folders.put(path, number(child.id()));
                below.add(path);
              } else if (!plan.hasFolder(path) && child.file()) {
                files.put(path, number(child.id()));
                child.stamp().ifPresent(stamp -> stamps.put(path, stamp));
              } else {
                collisions.add(
                    "\""
                        + path
                        + "\" is taken by "
                        + child.id()
                        + ", which is of type "
                        + child.type());
              }
            });
    long total = children.count() + plan.entries(folder) - children.byName().size();
    if (total > IndexPlan.MOST_CHILDREN) {
      collisions.add(
          "the folder \""
              + folder
              + "\" would get "
              + total
              + " entries; Synapse takes "
              + IndexPlan.MOST_CHILDREN);
    }
    return below;
  }

  private static long number(String id) {
    return Long.parseLong(id.substring("syn".length()));
  }

  private static Optional<String> id(OptionalLong number) {
    return number.isPresent() ? Optional.of("syn" + number.getAsLong()) : Optional.empty();
  }
}
