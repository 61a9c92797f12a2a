package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.synapse.AnnotationValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What one bundle call showed of an entity.
 *
 * @param id the entity with the version that was shown
 * @param name the entity's name
 * @param type last part of its concrete type, such as {@code FileEntity}
 * @param etag etag of the entity
 * @param latest whether the version is the newest one
 * @param unmet whether an access requirement is in the way
 * @param annotations its annotations by name
 * @param handle the handle of its data; empty where it has none, or we may not download it
 * @param stamp its state, see {@link Stamp}
 */
record SeenFile(
    SynapseId id,
    String name,
    String type,
    String etag,
    boolean latest,
    boolean unmet,
    Map<String, AnnotationValue> annotations,
    Optional<Handle> handle,
    OptionalLong stamp) {
  SeenFile {
    stamp = stamp == null ? OptionalLong.empty() : stamp;
  }

  /** The annotation that says whose work an entity is. */
  static final String KEY_ANNOTATION = "towpath.key";

  /**
   * A file handle.
   *
   * @param type last part of its concrete type, such as {@code S3FileHandle}
   * @param fileName name that a download gets; empty where it has none
   * @param md5 lower-case hex MD5 as Synapse has it
   * @param status {@code AVAILABLE}, {@code UNLINKED} or {@code ARCHIVED}
   * @param bucket bucket of the object, where it is one in S3
   * @param externalHost host of the URL that an external handle stands for
   */
  record Handle(
      String id,
      String type,
      String fileName,
      Optional<String> md5,
      long sizeBytes,
      String status,
      Optional<String> bucket,
      Optional<String> key,
      Optional<String> externalHost) {

    static Handle of(JsonNode handle) {
      boolean s3 = lastPart(handle.path("concreteType").asText("")).equals("S3FileHandle");
      return new Handle(
          handle.path("id").asText(""),
          lastPart(handle.path("concreteType").asText("")),
          given(handle, "fileName").filter(name -> !name.equals("NOT_SET")).orElse(""),
          given(handle, "contentMd5").map(md5 -> md5.toLowerCase(Locale.ROOT)),
          handle.path("contentSize").asLong(0),
          handle.path("status").asText("AVAILABLE"),
          s3 ? given(handle, "bucketName") : Optional.empty(),
          s3 ? given(handle, "key") : Optional.empty(),
          given(handle, "externalURL").map(Handle::host));
    }

    private static String host(String url) {
      String rest = url.replaceFirst("^[a-zA-Z0-9+.-]+://(?:[^/@]*@)?", "");
      return rest.replaceFirst("[/?#].*$", "");
    }
  }

  static SeenFile of(JsonNode bundle) {
    JsonNode entity = bundle.path("entity");
    SynapseId id = new SynapseId(entity.path("id").asText(""));
    long version = entity.path("versionNumber").asLong(0);
    return new SeenFile(
        version > 0 ? id.atVersion(version) : id,
        entity.path("name").asText(""),
        lastPart(entity.path("concreteType").asText("")),
        entity.path("etag").asText(""),
        entity.path("isLatestVersion").asBoolean(true),
        bundle.path("restrictionInformation").path("hasUnmetAccessRequirement").asBoolean(false),
        annotations(bundle.path("annotations").path("annotations")),
        handle(bundle, entity.path("dataFileHandleId").asText("")),
        Stamp.of(entity));
  }

  /** What a look at an entity would show that is as it is wanted. */
  static SeenFile like(WantedFile wanted, SynapseId id, OptionalLong stamp) {
    Handle handle =
        new Handle(
            "",
            "S3FileHandle",
            "",
            Optional.of(wanted.md5()),
            wanted.sizeBytes().orElse(0),
            "AVAILABLE",
            Optional.of(wanted.object().bucket()),
            Optional.of(wanted.object().key()),
            Optional.empty());
    return new SeenFile(
        id,
        wanted.target().name(),
        "FileEntity",
        "",
        true,
        false,
        wanted.annotations(),
        Optional.of(handle),
        stamp);
  }

  /** What our annotation says whose work it is; empty on entities of others. */
  Optional<String> businessKey() {
    return Optional.ofNullable(annotations.get(KEY_ANNOTATION))
        .flatMap(value -> value.values().stream().findFirst());
  }

  /** The same as far as reading the file needs it. */
  SeenFile withoutAnnotations() {
    return new SeenFile(id, name, type, etag, latest, unmet, Map.of(), handle, stamp);
  }

  boolean isFile() {
    return type.equals("FileEntity");
  }

  /** The name that a download gets. */
  String fileName() {
    return handle.map(Handle::fileName).filter(given -> !given.isEmpty()).orElse(name);
  }

  private static Optional<Handle> handle(JsonNode bundle, String id) {
    for (JsonNode handle : bundle.path("fileHandles")) {
      if (handle.path("id").asText("").equals(id)) {
        return Optional.of(Handle.of(handle));
      }
    }
    return Optional.empty();
  }

  private static Map<String, AnnotationValue> annotations(JsonNode json) {
    Map<String, AnnotationValue> annotations = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      List<String> values = new ArrayList<>();
      entry.getValue().path("value").forEach(value -> values.add(value.asText()));
      annotations.put(
          entry.getKey(), new AnnotationValue(entry.getValue().path("type").asText(""), values));
    }
    return annotations;
  }

  private static Optional<String> given(JsonNode node, String field) {
    String value = node.path(field).asText("");
    return value.isEmpty() || value.equals("null") ? Optional.empty() : Optional.of(value);
  }

  private static String lastPart(String concreteType) {
    return concreteType.substring(concreteType.lastIndexOf('.') + 1);
  }
}
