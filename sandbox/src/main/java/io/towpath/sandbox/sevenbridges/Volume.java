package io.towpath.sandbox.sevenbridges;

import java.time.Instant;
import java.util.Optional;

/** A bucket, or a prefix in one, that projects may take files from and, if RW, give files to. */
final class Volume {
  final String id;
  final String bucket;
  final String prefix;
  final Instant created;
  Optional<String> description = Optional.empty();
  boolean writable;
  boolean active = true;

  Volume(String id, String bucket, String prefix, boolean writable, Instant created) {
    this.id = id;
    this.bucket = bucket;
    this.prefix = prefix;
    this.writable = writable;
    this.created = created;
  }

  String owner() {
    return id.substring(0, id.indexOf('/'));
  }

  String name() {
    return id.substring(id.indexOf('/') + 1);
  }

  /** The key in the bucket of a location on this volume. */
  String key(String location) {
    return root() + location;
  }

  /** The location on this volume of a key in the bucket. */
  String location(String key) {
    return key.substring(root().length());
  }

  private String root() {
    return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
  }
}
