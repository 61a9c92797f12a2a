package io.towpath.sandbox.sevenbridges;

import java.time.Instant;
import java.util.Optional;

/** The platform's files as its other services see them; folders are none. */
public final class SevenBridgesFiles {
  /**
   * One file and where its bytes lie.
   *
   * @param etag as S3 computed it, without quotes; the MD5 of objects uploaded in one piece
   */
  public record StoredFile(
      String id,
      String projectId,
      String name,
      long size,
      String etag,
      String contentType,
      String bucket,
      String key,
      Instant created,
      Instant modified) {}

  private final Realm realm;

  SevenBridgesFiles(Realm realm) {
    this.realm = realm;
  }

  /** A file by its 24 hex digits, if the one account may read it. */
  public Optional<StoredFile> find(String id) {
    synchronized (realm) {
      realm.agenda.catchUp(realm.settings.clock().instant());
      return realm
          .files
          .find(id)
          .filter(file -> realm.access.allows(file.projectId(), Permission.READ))
          .flatMap(file -> file.content.map(content -> stored(file, content)));
    }
  }

  private static StoredFile stored(FileNode file, FileNode.Content content) {
    return new StoredFile(
        file.id(),
        file.projectId(),
        file.name,
        content.size(),
        content.etag(),
        content.contentType(),
        content.bucket(),
        content.key(),
        file.identity.created(),
        file.modified);
  }
}
