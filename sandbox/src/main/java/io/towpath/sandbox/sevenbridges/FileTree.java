package io.towpath.sandbox.sevenbridges;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files and folders of all projects; a name is free or taken once in each folder. */
final class FileTree {
  private final Ids ids;
  private final Map<String, FileNode> byId = new HashMap<>();
  private final Map<String, Map<String, FileNode>> children = new HashMap<>();

  FileTree(Ids ids) {
    this.ids = ids;
  }

  Optional<FileNode> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  FileNode get(String id) {
    return find(id).orElseThrow(Refusal.NO_FILE::thrown);
  }

  Optional<FileNode> child(String parent, String name) {
    return Optional.ofNullable(children.getOrDefault(parent, Map.of()).get(name));
  }

  List<FileNode> children(String parent) {
    return List.copyOf(children.getOrDefault(parent, Map.of()).values());
  }

  /** Every file below a folder, however deep. */
  List<FileNode> below(String folder) {
    List<FileNode> found = new ArrayList<>();
    for (FileNode child : children(folder)) {
      if (child.isFolder()) {
        found.addAll(below(child.id()));
      } else {
        found.add(child);
      }
    }
    return found;
  }

  /** A project's root folder, whose id the project knows. */
  void root(String id, String projectId, Instant now) {
    FileNode.Identity identity = new FileNode.Identity(id, projectId, now, now);
    byId.put(id, new FileNode(identity, projectId, "", Optional.empty()));
  }

  /** Adds a file, or a folder when it has no content; the name must be free. */
  FileNode add(
      String projectId,
      String parent,
      String name,
      Optional<FileNode.Content> content,
      Instant now,
      Instant visible) {
    FileNode node =
        new FileNode(
            new FileNode.Identity(ids.file(), projectId, now, visible), name, parent, content);
    byId.put(node.id(), node);
    put(node);
    return node;
  }

  /** The name itself, or the first of {@code _1_name}, {@code _2_name} … that is free. */
  String freeName(String parent, String name) {
    String free = name;
    for (int number = 1; child(parent, free).isPresent(); number++) {
      free = "_" + number + "_" + name;
    }
    return free;
  }

  void move(FileNode node, String parent, String name) {
    children.getOrDefault(node.parent, new HashMap<>()).remove(node.name);
    node.parent = parent;
    node.name = name;
    put(node);
  }

  void remove(FileNode node) {
    byId.remove(node.id());
    children.getOrDefault(node.parent, new HashMap<>()).remove(node.name);
    children.remove(node.id());
  }

  /** Whether any file has its bytes there. */
  boolean uses(String bucket, String key) {
    return byId.values().stream()
        .flatMap(node -> node.content.stream())
        .anyMatch(content -> content.bucket().equals(bucket) && content.key().equals(key));
  }

  private void put(FileNode node) {
    children.computeIfAbsent(node.parent, any -> new LinkedHashMap<>()).put(node.name, node);
  }
}
