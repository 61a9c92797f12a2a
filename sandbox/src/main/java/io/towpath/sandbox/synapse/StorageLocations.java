package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** All storage locations, one per creator and content; guarded by the realm's lock. */
final class StorageLocations {
  static final long DEFAULT_ID = 1;
  private final Map<Long, StorageLocation> byId = new LinkedHashMap<>();
  private final String synapseBucket;
  private long lastId = 70_000;

  StorageLocations(String synapseBucket) {
    this.synapseBucket = synapseBucket;
    ObjectNode setting = Json.object();
    setting.put("concreteType", StorageLocation.SYNAPSE_S3);
    setting.put("uploadType", "S3");
    byId.put(
        DEFAULT_ID,
        new StorageLocation(
            DEFAULT_ID, UUID.randomUUID().toString(), "1", Json.date(Instant.EPOCH), setting));
  }

  /** The location that this person already has with the same fields, or a new one. */
  StorageLocation ensure(SynapseAccount caller, Instant now, ObjectNode setting) {
    Optional<StorageLocation> same =
        byId.values().stream()
            .filter(location -> location.createdBy().equals(caller.userId()))
            .filter(location -> location.setting().equals(setting))
            .findFirst();
    if (same.isPresent()) {
      return same.get();
    }
    lastId++;
    StorageLocation made =
        new StorageLocation(
            lastId, UUID.randomUUID().toString(), caller.userId(), Json.date(now), setting);
    byId.put(lastId, made);
    return made;
  }

  boolean isNew(SynapseAccount caller, ObjectNode setting) {
    return byId.values().stream()
        .noneMatch(l -> l.createdBy().equals(caller.userId()) && l.setting().equals(setting));
  }

  Optional<StorageLocation> find(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  StorageLocation get(long id) {
    return find(id)
        .orElseThrow(
            () -> Refusals.notFound("The storage location with id " + id + " does not exist"));
  }

  List<StorageLocation> of(SynapseAccount caller) {
    return byId.values().stream()
        .filter(location -> location.createdBy().equals(caller.userId()))
        .toList();
  }

  String bucket(StorageLocation location) {
    return location.bucket(synapseBucket);
  }
}
