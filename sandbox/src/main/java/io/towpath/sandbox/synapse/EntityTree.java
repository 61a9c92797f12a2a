package io.towpath.sandbox.synapse;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All entities by id, by parent and by name; guarded by the realm's lock. */
final class EntityTree {
  /** The parent of all projects. */
  static final String ROOT = "syn4489";

  /** The parent of everything in the trash can. */
  static final String TRASH = "syn1681355";

  static final int MAX_CHILDREN = 10_000;
  static final int MAX_DEPTH = 50;

  private record Place(String parentId, String name) {}

  private final Map<String, Node> byId = new LinkedHashMap<>();
  private final Map<String, Set<String>> children = new HashMap<>();
  private final Map<Place, String> byPlace = new HashMap<>();
  private long lastId;

  EntityTree(long firstId) {
    this.lastId = firstId - 1;
  }

  String nextId() {
    lastId++;
    return "syn" + lastId;
  }

  Optional<Node> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Collection<Node> all() {
    return byId.values();
  }

  void add(Node node) {
    byId.put(node.id, node);
    place(node);
  }

  private void place(Node node) {
    children.computeIfAbsent(node.parentId, parent -> new LinkedHashSet<>()).add(node.id);
    byPlace.put(new Place(node.parentId, node.name), node.id);
  }

  private void displace(Node node) {
    children.getOrDefault(node.parentId, Set.of()).remove(node.id);
    byPlace.remove(new Place(node.parentId, node.name), node.id);
  }

  /** Gives the entity another parent or name; the caller has checked that the place is free. */
  void move(Node node, String parentId, String name) {
    displace(node);
    node.parentId = parentId;
    node.name = name;
    place(node);
  }

  /** Forgets the entity and everything below it. */
  void remove(Node node) {
    for (Node child : childrenOf(node.id)) {
      remove(child);
    }
    displace(node);
    byId.remove(node.id);
  }

  Optional<Node> child(String parentId, String name) {
    return Optional.ofNullable(byPlace.get(new Place(parentId, name))).flatMap(this::find);
  }

  List<Node> childrenOf(String parentId) {
    List<Node> found = new ArrayList<>();
    for (String id : children.getOrDefault(parentId, Set.of())) {
      find(id).ifPresent(found::add);
    }
    return found;
  }

  int childCount(String parentId) {
    return children.getOrDefault(parentId, Set.of()).size();
  }

  boolean inTrash(Node node) {
    return path(node).stream().anyMatch(ancestor -> ancestor.trashed.isPresent());
  }

  /** The entity's ancestors from the project down, with the entity itself as the last. */
  List<Node> path(Node node) {
    Deque<Node> path = new ArrayDeque<>();
    Optional<Node> at = Optional.of(node);
    while (at.isPresent()) {
      path.addFirst(at.get());
      at = find(at.get().parentId);
    }
    return List.copyOf(path);
  }

  /** The entity's project, whose access list counts for everything below. */
  Node benefactor(Node node) {
    return path(node).get(0);
  }

  /** Every visible entity below the container, at any depth. */
  List<Node> descendants(String id, Instant now) {
    List<Node> found = new ArrayList<>();
    for (Node child : childrenOf(id)) {
      if (!child.visibleFrom.isAfter(now)) {
        found.add(child);
      }
      found.addAll(descendants(child.id, now));
    }
    return found;
  }
}
