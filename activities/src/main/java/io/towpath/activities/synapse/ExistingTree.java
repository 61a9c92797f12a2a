package io.towpath.activities.synapse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * What of a plan exists already below the index's parent.
 *
 * @param folders ids of the folders that exist, by path
 * @param files ids of the files that exist, by path
 * @param collisions what exists and is of another type, or leaves no room
 */
record ExistingTree(
    Map<String, String> folders, Map<String, String> files, List<String> collisions) {

  /** Lists the folders that the plan touches, from the parent downwards. */
  static ExistingTree of(
      SynapseClient client, String parentId, IndexPlan plan, Runnable heartbeat) {
    ExistingTree tree = new ExistingTree(new HashMap<>(), new HashMap<>(), new ArrayList<>());
    tree.folders.put("", parentId);
    Queue<String> open = new ArrayDeque<>(List.of(""));
    while (!open.isEmpty()) {
      String path = open.remove();
      IndexPlan.Folder wanted = plan.folders().getOrDefault(path, new IndexPlan.Folder());
      Children children =
          Children.of(
              client,
              tree.folders.getOrDefault(path, parentId),
              name ->
                  wanted.files.contains(name)
                      || wanted.folders.contains(name)
                      || (path.isEmpty() && name.equals(IndexPlan.REPORT)),
              heartbeat);
      open.addAll(tree.add(path, wanted, children));
    }
    return tree;
  }

  /** Takes in what one folder holds; returns the folders below it that exist. */
  private List<String> add(String path, IndexPlan.Folder wanted, Children children) {
    List<String> below = new ArrayList<>();
    children
        .byName()
        .forEach(
            (name, child) -> {
              String childPath = IndexPlan.below(path, name);
              if (wanted.folders.contains(name) && child.folder()) {
                folders.put(childPath, child.id());
                below.add(childPath);
              } else if (!wanted.folders.contains(name) && child.file()) {
                files.put(childPath, child.id());
              } else {
                collisions.add(
                    "\""
                        + childPath
                        + "\" is taken by "
                        + child.id()
                        + ", which is of type "
                        + child.type());
              }
            });
    int total =
        children.count() + wanted.files.size() + wanted.folders.size() - children.byName().size();
    if (total > IndexPlan.MOST_CHILDREN) {
      collisions.add(
          "the folder \""
              + path
              + "\" would get "
              + total
              + " entries; Synapse takes "
              + IndexPlan.MOST_CHILDREN);
    }
    return below;
  }
}
