package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.s3.ObjectStore.Stored;
import java.net.URLConnection;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Puts files that tasks made into S3 and into projects; taken names are changed. */
final class OutputFiles {
  /**
   * Where outputs of one port go.
   *
   * @param folder id of the project's folder
   * @param path of this folder below the place, with a slash at its end, or empty
   */
  record Target(Task task, OutputPlace place, String folder, String path, Instant now) {
    Target in(FileNode inner) {
      return new Target(task, place, inner.id(), path + inner.name + "/", now);
    }
  }

  private final Realm realm;

  OutputFiles(Realm realm) {
    this.realm = realm;
  }

  Target target(Task task, String port, Instant now) {
    String root =
        realm
            .projects
            .find(task.spec().projectId())
            .orElseThrow(Refusal.NO_PROJECT::thrown)
            .identity
            .rootFolder();
    return new Target(task, OutputPlace.of(realm, task, port), root, "", now);
  }

  FileNode folder(Target target, String name) {
    FileNode folder =
        realm.files.add(
            target.task().spec().projectId(),
            target.folder(),
            realm.files.freeName(target.folder(), name),
            Optional.empty(),
            target.now(),
            target.now());
    folder.originTask = Optional.of(target.task().id());
    return folder;
  }

  /** Writes one file and returns it as the task's outputs show it. */
  ObjectNode write(Target target, String wanted, byte[] bytes) {
    String name = realm.files.freeName(target.folder(), wanted);
    String type =
        Optional.ofNullable(URLConnection.guessContentTypeFromName(name))
            .orElse("application/octet-stream");
    Optional<Volume> volume = target.place().volume();
    String location = target.place().location(target.path() + name);
    String bucket = volume.map(v -> v.bucket).orElse(realm.settings.bucket());
    String key =
        volume
            .map(v -> v.key(location))
            .orElseGet(() -> target.task().id() + "/" + target.path() + name);
    if (!realm.store.bucketExists(bucket)) {
      throw Refusal.JOB_NOT_ACCESSIBLE.thrown();
    }
    realm.store.put(bucket, key, type, bytes);
    Stored stored = realm.store.head(bucket, key).orElseThrow(Refusal.JOB_SERVICE::thrown);
    FileNode.Content content =
        new FileNode.Content(
            bucket, key, stored.size(), stored.etag(), type, volume.map(v -> v.id), location);
    FileNode file =
        realm.files.add(
            target.task().spec().projectId(),
            target.folder(),
            name,
            Optional.of(content),
            target.now(),
            target.now());
    file.originTask = Optional.of(target.task().id());
    return FileJson.asValue(file).put("size", bytes.length).put("checksum", "sha1$" + sha1(bytes));
  }

  private static String sha1(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
