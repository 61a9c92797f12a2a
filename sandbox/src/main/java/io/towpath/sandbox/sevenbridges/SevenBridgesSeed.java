package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.s3.ObjectStore.Stored;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Plants projects, volumes, files, apps and tasks. */
public final class SevenBridgesSeed {
  private final Realm realm;

  SevenBridgesSeed(Realm realm) {
    this.realm = realm;
  }

  /** The one account's name, which stands before the slash of what it owns. */
  public String user() {
    return realm.settings.user();
  }

  /** Who owns the projects of public apps. */
  public String publisher() {
    return Realm.PUBLISHER;
  }

  /** The only billing group, a UUID. */
  public String billingGroup() {
    return Realm.BILLING_GROUP;
  }

  /** A project in which the account may do everything; returns its id. */
  public String project(String name) {
    return project(user(), name, EnumSet.allOf(Permission.class));
  }

  /** A project of the publisher, which everybody may read and copy from. */
  public String publicProject(String name) {
    return project(Realm.PUBLISHER, name, EnumSet.of(Permission.READ, Permission.COPY));
  }

  /** A project of someone else that the account may not even read. */
  public String foreignProject(String name) {
    return project("someone-else", name, EnumSet.noneOf(Permission.class));
  }

  private String project(String owner, String name, Set<Permission> held) {
    synchronized (realm) {
      Instant now = now();
      Project project = realm.newProject(owner, name, Realm.BILLING_GROUP, now, now);
      project.members.put(owner, EnumSet.allOf(Permission.class));
      project.members.put(user(), held);
      return project.id();
    }
  }

  /** A volume on a bucket or on a prefix in it; returns its id. */
  public String volume(String name, String bucket, String prefix, boolean writable) {
    synchronized (realm) {
      String id = user() + "/" + name;
      realm.volumes.add(new Volume(id, bucket, prefix, writable, now()));
      return id;
    }
  }

  /** Adds a revision to an app, new or not; returns the app's id without revision. */
  public String app(String projectId, String name, ObjectNode cwl) {
    synchronized (realm) {
      String id = projectId + "/" + name;
      String owner = projectId.substring(0, projectId.indexOf('/'));
      realm.apps.orNew(id).add(cwl, now(), owner);
      return id;
    }
  }

  /** A file of a project with bytes of its own in the platform's storage; returns its id. */
  public String file(String projectId, String name, byte[] content) {
    String key = "seed/" + projectId + "/" + name;
    String bucket = realm.settings.bucket();
    realm.store.put(bucket, key, "application/octet-stream", content);
    return file(projectId, name, bucket, key, Optional.empty());
  }

  /** A file of a project that is an alias of an object on a volume; returns its id. */
  public String alias(String projectId, String name, String volumeId, String location) {
    Volume volume = realm.volumes.find(volumeId).orElseThrow();
    return file(projectId, name, volume.bucket, volume.key(location), Optional.of(volume));
  }

  private String file(
      String projectId, String name, String bucket, String key, Optional<Volume> volume) {
    synchronized (realm) {
      Stored stored = realm.store.head(bucket, key).orElseThrow();
      FileNode.Content content =
          new FileNode.Content(
              bucket,
              key,
              stored.size(),
              stored.etag(),
              stored.contentType(),
              volume.map(on -> on.id),
              volume.map(on -> on.location(key)).orElse(name));
      Project project = realm.projects.find(projectId).orElseThrow();
      Instant now = now();
      return realm
          .files
          .add(projectId, project.identity.rootFolder(), name, Optional.of(content), now, now)
          .id();
    }
  }

  /** A folder at the root of a project; returns its id. */
  public String folder(String projectId, String name) {
    synchronized (realm) {
      Project project = realm.projects.find(projectId).orElseThrow();
      Instant now = now();
      return realm
          .files
          .add(projectId, project.identity.rootFolder(), name, Optional.empty(), now, now)
          .id();
    }
  }

  /** A project that the account may look into without taking anything from it. */
  public String readOnlyProject(String name) {
    return project("someone-else", name, EnumSet.of(Permission.READ));
  }

  /** A task that ended long ago, or a draft, of anybody; returns its id. */
  public String task(String projectId, String appId, String name, String status) {
    synchronized (realm) {
      Instant now = now();
      App.Revision app = realm.apps.revision(appId).orElseThrow();
      Task task =
          new Task(
              new Task.Spec(realm.ids.task(), projectId, user(), now, now, Optional.empty()), app);
      task.name = name;
      task.status = status;
      if (!task.isDraft()) {
        task.submitted = Optional.of(now);
        task.ended = Optional.of(now);
      }
      realm.tasks.add(task);
      return task.id();
    }
  }

  private Instant now() {
    return realm.settings.clock().instant();
  }
}
