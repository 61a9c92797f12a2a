package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What can be done to one file or folder, by single and by bulk calls alike. */
final class FileActions {
  private final Realm realm;

  FileActions(Realm realm) {
    this.realm = realm;
  }

  /** The folder that {@code project} or {@code parent} names, where the account may write. */
  FileNode destination(JsonNode body) {
    Optional<String> project = Fields.text(body, "project");
    Optional<String> parent = Fields.text(body, "parent");
    if (project.isPresent() && parent.isPresent()) {
      throw Refusal.PARENT_AND_PROJECT.thrown();
    }
    if (project.isPresent()) {
      Project found = realm.access.project(project.get(), Permission.WRITE);
      return realm.files.get(found.identity.rootFolder());
    }
    String id = parent.orElseThrow(Refusal.NO_PARENT::thrown);
    FileNode folder =
        realm.access.file(id, Permission.WRITE, Refusal.NO_FOLDER, Refusal.FILE_FORBIDDEN);
    if (!folder.isFolder()) {
      throw Refusal.PARENT_NOT_FOLDER.thrown();
    }
    return folder;
  }

  static void checkName(String name) {
    if (name.isBlank() || name.contains("/") || name.length() > 250) {
      throw Refusal.FILE_NAME.thrown();
    }
  }

  FileNode createFolder(ObjectNode body, Instant now, Instant visible) {
    String type = Fields.text(body, "type").orElseThrow(Refusal.FILE_TYPE::thrown);
    if (!type.equalsIgnoreCase("folder")) {
      throw Refusal.FILE_TYPE.thrown();
    }
    String name = Fields.text(body, "name").orElseThrow(Refusal.FILE_NAME::thrown);
    checkName(name);
    FileNode parent = destination(body);
    Optional<FileNode> taken = realm.files.child(parent.id(), name);
    if (taken.isPresent()) {
      throw taken.get().isFolder() ? Refusal.FOLDER_EXISTS.thrown() : Refusal.FILE_EXISTS.thrown();
    }
    return realm.files.add(parent.projectId(), parent.id(), name, Optional.empty(), now, visible);
  }

  /** Copies into a project or folder; a taken name is changed. */
  FileNode copy(FileNode file, JsonNode body, Instant now, Instant visible) {
    if (file.isFolder()) {
      throw Refusal.FOLDER_COPY.thrown();
    }
    if (!realm.access.allows(file.projectId(), Permission.COPY)) {
      throw Refusal.COPY_FORBIDDEN.thrown();
    }
    FileNode to = destination(body);
    String name = Fields.text(body, "name").orElse(file.name);
    checkName(name);
    FileNode copy =
        realm.files.add(
            to.projectId(),
            to.id(),
            realm.files.freeName(to.id(), name),
            file.content,
            now,
            visible);
    copy.tags = file.tags;
    copy.metadata = file.metadata.deepCopy();
    copy.originTask = file.originTask;
    return copy;
  }

  /**
   * Moves within a project.
   *
   * @param renames whether a taken name is changed instead of refused
   */
  FileNode move(FileNode file, JsonNode body, boolean renames, Instant now) {
    FileNode to = destination(body);
    String name = Fields.text(body, "name").orElse(file.name);
    checkName(name);
    if (!to.projectId().equals(file.projectId())) {
      throw Refusal.MOVE_BETWEEN_PROJECTS.thrown();
    }
    if (file.parent.isEmpty() || isInside(to, file)) {
      throw Refusal.BAD_REQUEST.thrown("A folder cannot be moved into itself.");
    }
    boolean same = to.id().equals(file.parent) && name.equals(file.name);
    if (!same && !renames && realm.files.child(to.id(), name).isPresent()) {
      throw Refusal.FILE_EXISTS.thrown();
    }
    if (!same) {
      realm.files.move(file, to.id(), realm.files.freeName(to.id(), name));
      file.modified = now;
    }
    return file;
  }

  private boolean isInside(FileNode folder, FileNode of) {
    Optional<FileNode> at = Optional.of(folder);
    while (at.isPresent()) {
      if (at.get().id().equals(of.id())) {
        return true;
      }
      at = realm.files.find(at.get().parent);
    }
    return false;
  }

  /**
   * Changes name, tags and metadata as far as they are given.
   *
   * @param replace whether metadata is replaced instead of merged
   */
  FileNode update(FileNode file, JsonNode body, boolean replace, Instant now) {
    boolean meta = body.hasNonNull("metadata");
    boolean tags = body.hasNonNull("tags");
    if (file.isFolder() && (meta || tags)) {
      throw meta ? Refusal.FOLDER_METADATA.thrown() : Refusal.FOLDER_TAGS.thrown();
    }
    String name = Fields.text(body, "name").orElse(file.name);
    checkName(name);
    ObjectNode metadata =
        meta
            ? Metadata.with(file.metadata, Fields.objectAt(body, "metadata"), replace)
            : file.metadata;
    List<String> tagged = tags ? Fields.textList(body.path("tags"), "tags") : file.tags;
    if (!name.equals(file.name)) {
      if (file.parent.isEmpty()) {
        throw Refusal.FOLDER_UPDATE.thrown();
      }
      if (realm.files.child(file.parent, name).isPresent()) {
        throw Refusal.FILE_EXISTS.thrown();
      }
      realm.files.move(file, file.parent, name);
    }
    file.metadata = metadata;
    file.tags = tagged;
    file.modified = now;
    return file;
  }

  /** Deletes a file, with its bytes when they are the platform's and nobody else's. */
  void delete(FileNode file) {
    if (file.isFolder() && (file.parent.isEmpty() || !realm.files.children(file.id()).isEmpty())) {
      throw Refusal.FOLDER_NOT_EMPTY.thrown();
    }
    realm.files.remove(file);
    file.content.ifPresent(this::forget);
  }

  /** Removes bytes that no file has any more; those on volumes stay. */
  void forget(FileNode.Content content) {
    boolean own = content.volume().isEmpty();
    if (own && !realm.files.uses(content.bucket(), content.key())) {
      realm.store.delete(content.bucket(), content.key());
    }
  }
}
