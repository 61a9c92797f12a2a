package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of views and datasets; an index lags behind the entities, so it is eventually right. */
final class Views {
  /** How old an index may be before a query rebuilds it. */
  static final Duration LAG = Duration.ofSeconds(1);

  private static final long FILE_MASK = 0x01;
  private static final long PROJECT_MASK = 0x02;
  private static final long TABLE_MASK = 0x04;
  private static final long FOLDER_MASK = 0x08;

  /** What a view showed when it was last built. */
  record Index(Instant builtAt, String etag, List<ViewRow> rows) {}

  private final Realm realm;
  private final Map<String, Index> indexes = new HashMap<>();

  Views(Realm realm) {
    this.realm = realm;
  }

  Index index(Node view) {
    Index index = indexes.get(view.id);
    boolean fresh =
        index != null
            && index.etag().equals(view.etag)
            && index.builtAt().plus(LAG).isAfter(realm.now());
    if (index != null && fresh) {
      return index;
    }
    List<ViewRow> rows = rows(view);
    Instant builtAt =
        index != null && index.rows().equals(rows) && index.etag().equals(view.etag)
            ? index.builtAt()
            : realm.now();
    Index built = new Index(builtAt, view.etag, rows);
    indexes.put(view.id, built);
    return built;
  }

  /** The columns of the view, in order. */
  List<ObjectNode> columns(Node view) {
    List<ObjectNode> columns = new ArrayList<>();
    for (JsonNode id : view.own.path("columnIds")) {
      columns.add(realm.columns.get(id.asText()));
    }
    return columns;
  }

  private List<ViewRow> rows(Node view) {
    List<ObjectNode> columns = columns(view);
    List<ViewRow> rows = new ArrayList<>();
    if (view.type == EntityType.DATASET) {
      for (JsonNode item : view.own.path("items")) {
        Optional<Node> node = realm.tree.find(EntityIds.normal(Json.required(item, "entityId")));
        long version = Json.number(item, "versionNumber").orElse(1);
        node.filter(n -> !realm.tree.inTrash(n))
            .map(n -> n.revisions.get(version))
            .ifPresent(revision -> rows.add(row(node.orElseThrow(), revision, columns)));
      }
    } else if (view.type == EntityType.ENTITY_VIEW) {
      long mask = mask(view);
      for (Node node : scope(view)) {
        if ((mask & maskOf(node.type)) != 0) {
          rows.add(row(node, node.current(), columns));
        }
      }
    }
    return List.copyOf(rows);
  }

  private List<Node> scope(Node view) {
    List<Node> nodes = new ArrayList<>();
    for (JsonNode id : view.own.path("scopeIds")) {
      realm
          .tree
          .find(EntityIds.normal(id.asText()))
          .filter(node -> !realm.tree.inTrash(node))
          .ifPresent(
              node -> {
                nodes.add(node);
                nodes.addAll(realm.tree.descendants(node.id, realm.now()));
              });
    }
    return nodes;
  }

  private static long mask(Node view) {
    return switch (Json.text(view.own, "type").orElse("")) {
      case "project" -> PROJECT_MASK;
      case "file_and_table" -> FILE_MASK | TABLE_MASK;
      default -> Json.number(view.own, "viewTypeMask").orElse(FILE_MASK);
    };
  }

  private static long maskOf(EntityType type) {
    return switch (type) {
      case FILE -> FILE_MASK;
      case PROJECT -> PROJECT_MASK;
      case TABLE -> TABLE_MASK;
      case FOLDER -> FOLDER_MASK;
      case LINK, ENTITY_VIEW, DATASET -> 0;
    };
  }

  private ViewRow row(Node node, Revision revision, List<ObjectNode> columns) {
    Map<String, String> known = fields(node, revision);
    Map<String, String> values = new HashMap<>();
    for (ObjectNode column : columns) {
      String name = Json.required(column, "name");
      Optional.ofNullable(known.get(name))
          .or(() -> annotation(revision, name, Json.required(column, "columnType")))
          .ifPresent(value -> values.put(name, value));
    }
    return new ViewRow(EntityIds.number(node.id), revision.number, node.etag, values);
  }

  private Map<String, String> fields(Node node, Revision revision) {
    Map<String, String> fields = new HashMap<>();
    Node project = realm.tree.benefactor(node);
    fields.put("id", node.id);
    fields.put("name", node.name);
    node.description.ifPresent(text -> fields.put("description", text));
    fields.put("createdOn", Long.toString(node.createdOn.toEpochMilli()));
    fields.put("createdBy", node.createdBy);
    fields.put("etag", node.etag);
    fields.put("modifiedOn", Long.toString(revision.modifiedOn.toEpochMilli()));
    fields.put("modifiedBy", revision.modifiedBy);
    fields.put("type", node.type.shortName());
    fields.put("currentVersion", Long.toString(revision.number));
    fields.put("parentId", node.parentId);
    fields.put("benefactorId", project.id);
    fields.put("projectId", project.id);
    fields.put("path", String.join("/", realm.tree.path(node).stream().map(n -> n.name).toList()));
    realm.fileOf(revision).ifPresent(handle -> addFile(fields, handle));
    return fields;
  }

  private static void addFile(Map<String, String> fields, FileHandle handle) {
    fields.put("dataFileHandleId", handle.id());
    handle.content().fileName().ifPresent(name -> fields.put("dataFileName", name));
    handle.content().size().ifPresent(size -> fields.put("dataFileSizeBytes", Long.toString(size)));
    handle.content().md5().ifPresent(md5 -> fields.put("dataFileMD5Hex", md5));
    fields.put("dataFileConcreteType", Json.required(handle.json(), "concreteType"));
    handle
        .place()
        .object()
        .ifPresent(
            object -> {
              fields.put("dataFileBucket", object.bucket());
              fields.put("dataFileKey", object.key());
            });
  }

  private static Optional<String> annotation(Revision revision, String name, String type) {
    JsonNode values = revision.annotations.path(name).path("value");
    if (values.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(type.endsWith("_LIST") ? values.toString() : values.get(0).asText());
  }
}
