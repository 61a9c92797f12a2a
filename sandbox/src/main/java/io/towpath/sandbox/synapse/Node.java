package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** One entity with all its versions; guarded by the realm's lock. */
final class Node {
  /** Where a trashed entity came from. */
  record Trashed(String name, String parentId, String by, Instant on) {}

  final String id;
  final EntityType type;
  final String createdBy;
  final Instant createdOn;
  final NavigableMap<Long, Revision> revisions = new TreeMap<>();
  final Set<AccessType> denied = EnumSet.noneOf(AccessType.class);
  String name;
  String parentId;
  Optional<String> description = Optional.empty();
  String modifiedBy;
  Instant modifiedOn;
  String etag = UUID.randomUUID().toString();
  ObjectNode own = Json.object();
  Instant visibleFrom;
  Optional<Trashed> trashed = Optional.empty();
  private long lastVersion = 1;

  Node(String id, EntityType type, String name, String parentId, String createdBy, Instant now) {
    this.id = id;
    this.type = type;
    this.name = name;
    this.parentId = parentId;
    this.createdBy = createdBy;
    this.createdOn = now;
    this.modifiedBy = createdBy;
    this.modifiedOn = now;
    this.visibleFrom = now;
    revisions.put(1L, new Revision(1, createdBy, now));
  }

  Revision current() {
    return revisions.lastEntry().getValue();
  }

  boolean isCurrent(Revision revision) {
    return revision.number == revisions.lastKey();
  }

  /** Adds a version with the next number; numbers are never used twice. */
  Revision addRevision(String by, Instant now) {
    Revision before = current();
    lastVersion++;
    Revision next = new Revision(lastVersion, by, now);
    next.fileHandleId = before.fileHandleId;
    next.annotations = before.annotations.deepCopy();
    revisions.put(lastVersion, next);
    return next;
  }

  /** Every write, of whatever part, makes a new etag. */
  void touch(String by, Instant now) {
    etag = UUID.randomUUID().toString();
    modifiedBy = by;
    modifiedOn = now;
    current().modifiedOn = now;
  }
}
