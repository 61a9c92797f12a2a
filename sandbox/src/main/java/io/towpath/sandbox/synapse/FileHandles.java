package io.towpath.sandbox.synapse;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** All file handles; guarded by the realm's lock. */
final class FileHandles {
  private static final String SIMPLE_ID = "\\d{1,18}";
  private final Map<String, FileHandle> byId = new LinkedHashMap<>();
  private final Set<FileHandle.S3Object> archived = new HashSet<>();
  private long lastId = 90_000_000;

  FileHandle add(
      String createdBy, Instant now, FileHandle.Content content, FileHandle.Place place) {
    lastId++;
    FileHandle handle =
        new FileHandle(
            Long.toString(lastId),
            UUID.randomUUID().toString(),
            createdBy,
            now,
            content,
            place,
            "AVAILABLE");
    byId.put(handle.id(), handle);
    return handle;
  }

  void replace(FileHandle handle) {
    byId.put(handle.id(), handle);
    if (handle.status().equals("ARCHIVED")) {
      handle.place().object().ifPresent(archived::add);
    }
  }

  void remove(String id) {
    byId.remove(id);
  }

  Optional<FileHandle> find(String id) {
    return Optional.ofNullable(byId.get(id.strip()));
  }

  FileHandle get(String id) {
    if (!id.strip().matches(SIMPLE_ID)) {
      throw Refusals.badRequest("FileHandle ID must be a number: " + id);
    }
    return find(id)
        .orElseThrow(() -> Refusals.notFound("A FileHandle with ID: " + id + " does not exist"));
  }

  /** The handle for someone who made it; nobody else may use a handle on its own. */
  FileHandle getOwn(String id, SynapseAccount caller) {
    FileHandle handle = get(id);
    if (!handle.createdBy().equals(caller.userId())) {
      throw Refusals.forbidden(
          "Only the creator of a FileHandle can access it directly by its ID. "
              + " FileHandleId = '"
              + id
              + "', createdBy = '"
              + handle.createdBy()
              + "'");
    }
    return handle;
  }

  /** How many handles point at the same S3 object. */
  long references(FileHandle.S3Object object) {
    return byId.values().stream()
        .filter(handle -> handle.place().object().equals(Optional.of(object)))
        .count();
  }

  /** Whether S3 has moved the object to cold storage, from where it cannot be read. */
  boolean isArchived(FileHandle.S3Object object) {
    return archived.contains(object);
  }
}
