package io.towpath.sandbox.drs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Every dataset and object of the platform's DRS; guarded by its own lock. */
final class DrsRegistry {
  /** What says that two requests are about the same object. */
  record Identity(String datasetId, long size, Map<String, String> checksums, Set<String> urls) {}

  final DrsSettings settings;
  final Map<String, Dataset> datasets = new LinkedHashMap<>();
  final List<Storage> storages = new ArrayList<>();
  private final Map<String, DrsObject> objects = new LinkedHashMap<>();
  private final Map<Identity, String> minted = new LinkedHashMap<>();
  private final FileSource files;
  Duplicates duplicates = Duplicates.NEW_ID;

  DrsRegistry(DrsSettings settings, FileSource files) {
    this.settings = settings;
    this.files = files;
  }

  static String newId() {
    return UUID.randomUUID().toString();
  }

  synchronized void add(DrsObject object) {
    objects.put(object.id(), object);
  }

  synchronized void mint(Identity identity, DrsObject object) {
    add(object);
    minted.putIfAbsent(identity, object.id());
  }

  /** The object that was minted first for this identity. */
  synchronized Optional<DrsObject> minted(Identity identity) {
    return Optional.ofNullable(minted.get(identity)).map(objects::get);
  }

  /** An object that was minted or planted, or else a file of the platform. */
  Optional<DrsObject> find(String id) {
    synchronized (this) {
      DrsObject object = objects.get(id);
      if (object != null) {
        return Optional.of(object);
      }
    }
    return files.find(id).map(file -> DrsObject.of(file, settings.region()));
  }

  /** The blobs that were minted or planted. */
  synchronized List<DrsObject> blobs() {
    return objects.values().stream().filter(object -> object.contents().isEmpty()).toList();
  }
}
