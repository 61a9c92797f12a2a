package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.s3.ObjectStore.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Fills a stand-in with projects and files; ids come in order, so a seed is repeatable. */
public final class SynapseSeed {
  private static final String MODEL = "org.sagebionetworks.repo.model.";

  /** Whoever made what the account may not read. */
  private static final String SOMEONE_ELSE = "3300001";

  private final Realm realm;
  private final EntityWriter writer;
  private final SynapseAccount owner;
  private int objects;

  SynapseSeed(Realm realm) {
    this.realm = realm;
    this.writer = new EntityWriter(realm);
    this.owner = realm.settings.accounts().get(0);
  }

  public String project(String name) {
    return create(entity("Project", name));
  }

  public String folder(String parentId, String name) {
    return create(entity("Folder", name).put("parentId", parentId));
  }

  /** A file in Synapse's own bucket. */
  public String file(String parentId, String name, String contentType, byte[] content) {
    return file(parentId, name, name, contentType, content);
  }

  /** The same, with a file name that may differ from the entity's, whose characters are limited. */
  public String file(
      String parentId, String name, String fileName, String contentType, byte[] content) {
    synchronized (realm) {
      FileHandle handle = stored(fileName, contentType, content);
      return create(
          entity("FileEntity", name)
              .put("parentId", parentId)
              .put("dataFileHandleId", handle.id()));
    }
  }

  /** Gives a file other bytes, which makes a version. */
  public void newVersion(String fileId, byte[] content) {
    synchronized (realm) {
      Node node = realm.existing(EntityIds.normal(fileId));
      FileHandle.Content before = realm.fileOf(node.current()).orElseThrow().content();
      FileHandle handle =
          stored(
              before.fileName().orElse(node.name),
              before.contentType().orElse("application/octet-stream"),
              content);
      ObjectNode next = new EntityJson(realm).entity(node, node.current());
      next.put("dataFileHandleId", handle.id());
      writer.update(owner, node.id, next, false, Optional.empty());
    }
  }

  /** A file that lies in another bucket, registered in place with its true MD5. */
  public String externalFile(
      String parentId, String name, String contentType, String bucket, String key) {
    synchronized (realm) {
      Stored object = realm.store.head(bucket, key).orElseThrow();
      ObjectNode setting = Json.object().put("concreteType", StorageLocation.EXTERNAL_S3);
      setting.put("uploadType", "S3").put("bucket", bucket);
      StorageLocation location = realm.locations.ensure(owner, realm.now(), setting);
      FileHandle.Content content =
          new FileHandle.Content(
              Optional.of(name),
              Optional.of(contentType),
              Optional.of(md5(bucket, key)),
              OptionalLong.of(object.size()));
      FileHandle handle =
          realm.handles.add(
              owner.userId(),
              realm.now(),
              content,
              FileHandle.Place.s3(bucket, key, location.id()));
      return create(
          entity("FileEntity", name)
              .put("parentId", parentId)
              .put("dataFileHandleId", handle.id()));
    }
  }

  /** A file that is only a URL elsewhere. */
  public String linkedFile(String parentId, String name, String url) {
    synchronized (realm) {
      FileHandle.Content content =
          new FileHandle.Content(
              Optional.of(name), Optional.empty(), Optional.empty(), OptionalLong.empty());
      FileHandle.Place place =
          new FileHandle.Place(Optional.empty(), Optional.of(url), OptionalLong.empty());
      FileHandle handle = realm.handles.add(owner.userId(), realm.now(), content, place);
      return create(
          entity("FileEntity", name)
              .put("parentId", parentId)
              .put("dataFileHandleId", handle.id()));
    }
  }

  /** Puts annotations of type STRING on an entity's current version. */
  public void annotate(String id, String key, List<String> values) {
    synchronized (realm) {
      ObjectNode value = Json.object().put("type", "STRING");
      values.forEach(value.putArray("value")::add);
      Node node = realm.existing(EntityIds.normal(id));
      ObjectNode checked = AnnotationRules.checked(Json.object().set(key, value));
      node.current().annotations.setAll(checked);
      node.touch(owner.userId(), realm.now());
    }
  }

  /** Takes every right on the entity away; its files were made by somebody else. */
  public void makeUnreadable(String id) {
    synchronized (realm) {
      Node node = realm.existing(EntityIds.normal(id));
      node.denied.addAll(List.of(AccessType.values()));
      giveAway(node);
    }
  }

  /** Lets the entity be seen but not its file be downloaded. */
  public void makeUndownloadable(String id) {
    synchronized (realm) {
      Node node = realm.existing(EntityIds.normal(id));
      node.denied.add(AccessType.DOWNLOAD);
      giveAway(node);
    }
  }

  private void giveAway(Node node) {
    for (Revision revision : node.revisions.values()) {
      realm
          .fileOf(revision)
          .ifPresent(
              own ->
                  realm.handles.replace(
                      new FileHandle(
                          own.id(),
                          own.etag(),
                          SOMEONE_ELSE,
                          own.createdOn(),
                          own.content(),
                          own.place(),
                          own.status())));
    }
  }

  /** Moves the file's object to cold storage: the handle says ARCHIVED and S3 refuses reads. */
  public void archive(String id) {
    synchronized (realm) {
      Node node = realm.existing(EntityIds.normal(id));
      realm
          .fileOf(node.current())
          .ifPresent(handle -> realm.handles.replace(handle.withStatus("ARCHIVED")));
    }
  }

  /** A view of all files below a folder or project, with every column that such a view can have. */
  public String view(String parentId, String name, String scopeId) {
    synchronized (realm) {
      ObjectNode view = entity("table.EntityView", name).put("parentId", parentId);
      view.put("viewTypeMask", 1).putArray("scopeIds").add(scopeId);
      return create(withColumns(view));
    }
  }

  /** A dataset of file versions, written {@code syn123.4}. */
  public String dataset(String parentId, String name, List<String> items) {
    synchronized (realm) {
      ObjectNode dataset = entity("table.Dataset", name).put("parentId", parentId);
      for (String item : items) {
        EntityIds.Versioned id = EntityIds.parse(item);
        dataset
            .withArray("items")
            .addObject()
            .put("entityId", id.id())
            .put("versionNumber", id.version().orElse(1));
      }
      return create(withColumns(dataset));
    }
  }

  private ObjectNode withColumns(ObjectNode view) {
    realm
        .columns
        .defaults()
        .forEach(column -> view.withArray("columnIds").add(Json.required(column, "id")));
    return view;
  }

  private static ObjectNode entity(String type, String name) {
    return Json.object().put("concreteType", MODEL + type).put("name", name);
  }

  private String create(ObjectNode entity) {
    synchronized (realm) {
      return writer.create(owner, entity, Optional.empty(), Duration.ZERO).id;
    }
  }

  private FileHandle stored(String name, String contentType, byte[] content) {
    objects++;
    String bucket = realm.settings.bucket();
    String key = owner.userId() + "/seed-" + objects + "/" + name;
    realm.store.put(bucket, key, contentType, content);
    FileHandle.Content about =
        new FileHandle.Content(
            Optional.of(name),
            Optional.of(contentType),
            Optional.of(Md5.hex(content)),
            OptionalLong.of(content.length));
    return realm.handles.add(
        owner.userId(),
        realm.now(),
        about,
        FileHandle.Place.s3(bucket, key, StorageLocations.DEFAULT_ID));
  }

  private String md5(String bucket, String key) {
    try (InputStream bytes = realm.store.open(bucket, key, 0, -1)) {
      Path copy = Files.createTempFile(realm.settings.scratch(), "md5-", ".bin");
      try {
        return Md5.copy(bytes, copy);
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
