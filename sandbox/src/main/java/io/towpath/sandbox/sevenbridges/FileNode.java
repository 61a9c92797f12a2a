package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One file or folder of a project. */
final class FileNode {
  /**
   * Where a file's bytes lie.
   *
   * @param volume id of the volume that the file is an alias on; empty for the platform's own
   *     storage
   * @param location on the volume
   */
  record Content(
      String bucket,
      String key,
      long size,
      String etag,
      String contentType,
      Optional<String> volume,
      String location) {}

  /**
   * What never changes.
   *
   * @param visibleFrom when listings begin to show it
   */
  record Identity(String id, String projectId, Instant created, Instant visibleFrom) {}

  final Identity identity;
  String name;
  String parent;
  Optional<Content> content;
  Optional<String> originTask = Optional.empty();
  List<String> tags = List.of();
  ObjectNode metadata = Fields.object();
  Instant modified;

  /** A folder when it has no content; a project's root folder has the parent "". */
  FileNode(Identity identity, String name, String parent, Optional<Content> content) {
    this.identity = identity;
    this.name = name;
    this.parent = parent;
    this.content = content;
    this.modified = identity.created();
  }

  String id() {
    return identity.id();
  }

  String projectId() {
    return identity.projectId();
  }

  boolean isFolder() {
    return content.isEmpty();
  }

  long size() {
    return content.map(Content::size).orElse(0L);
  }
}
