package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Answers queries of views, as rows or as a CSV file. */
final class QueryResults {
  private static final String TABLE = "org.sagebionetworks.repo.model.table.";
  private static final int MAX_PAGE_BYTES = 512_000;
  private static final int MAX_PAGE_ROWS = 10_000;
  private static final long SUM_FILES = 0x40;

  private final Realm realm;
  private final Views views;

  QueryResults(Realm realm, Views views) {
    this.realm = realm;
    this.views = views;
  }

  /** A parsed query with the view's rows and the columns to show. */
  private record Answer(
      Node view,
      Views.Index index,
      ViewQuery query,
      List<ObjectNode> headers,
      List<ViewRow> rows) {}

  Node view(SynapseAccount caller, String entityId) {
    Node view = realm.node(entityId, caller, AccessType.READ);
    if (!view.type.isTable()) {
      throw Refusals.badRequest(view.id + " is not a table or view");
    }
    return view;
  }

  /** What the answer depends on beside the request: it changes when the view's rows do. */
  String stamp(Node view) {
    return views.index(view).builtAt() + " " + view.etag;
  }

  private Answer answer(SynapseAccount caller, String sql) {
    ViewQuery query = ViewQuery.parse(sql);
    Node view = view(caller, query.from().id());
    List<ObjectNode> columns = views.columns(view);
    if (columns.isEmpty()) {
      throw Refusals.badRequest("Schema for " + view.id + " is empty.");
    }
    Views.Index index = views.index(view);
    return new Answer(view, index, query, headers(query, columns), query.select(index.rows()));
  }

  private static List<ObjectNode> headers(ViewQuery query, List<ObjectNode> columns) {
    if (query.count()) {
      return List.of(Json.object().put("name", "COUNT(*)").put("columnType", "INTEGER"));
    }
    List<ViewQuery.Column> wanted = new ArrayList<>(query.columns());
    if (wanted.isEmpty()) {
      for (ObjectNode column : columns) {
        String name = Json.required(column, "name");
        wanted.add(new ViewQuery.Column(name, name));
      }
    }
    List<ObjectNode> headers = new ArrayList<>();
    for (ViewQuery.Column want : wanted) {
      ObjectNode column =
          columns.stream()
              .filter(c -> Json.required(c, "name").equals(want.name()))
              .findFirst()
              .orElseThrow(() -> Refusals.badRequest("Unknown column: " + want.name()));
      ObjectNode header = Json.object();
      header.put("name", want.alias());
      header.put("columnType", Json.required(column, "columnType"));
      header.put("id", Json.required(column, "id"));
      header.put("source", want.name());
      headers.add(header);
    }
    return headers;
  }

  private static List<ObjectNode> shown(List<ObjectNode> headers) {
    List<ObjectNode> shown = new ArrayList<>();
    for (ObjectNode header : headers) {
      ObjectNode copy = header.deepCopy();
      copy.remove("source");
      shown.add(copy);
    }
    return shown;
  }

  /** The bundle that {@code partMask} asks for. */
  ObjectNode bundle(SynapseAccount caller, ObjectNode request) {
    ObjectNode query =
        Json.object(request, "query")
            .orElseThrow(() -> Refusals.badRequest("QueryBundleRequest.query is required."));
    Answer answer = answer(caller, Json.required(query, "sql"));
    long mask = Json.number(request, "partMask").orElse(-1);
    ObjectNode bundle = Json.object().put("concreteType", TABLE + "QueryResultBundle");
    if ((mask & 0x1) != 0) {
      bundle.set("queryResult", page(answer, query));
    }
    if ((mask & 0x2) != 0) {
      bundle.put("queryCount", answer.query().count() ? 1 : answer.rows().size());
    }
    if ((mask & 0x4) != 0) {
      bundle.putArray("selectColumns").addAll(shown(answer.headers()));
    }
    if ((mask & 0x8) != 0) {
      bundle.put("maxRowsPerPage", MAX_PAGE_ROWS);
    }
    if ((mask & 0x10) != 0) {
      bundle.putArray("columnModels").addAll(views.columns(answer.view()));
    }
    if ((mask & 0x20) != 0) {
      bundle.putArray("facets");
    }
    if ((mask & SUM_FILES) != 0) {
      bundle
          .putObject("sumFileSizes")
          .put("sumFileSizesBytes", sum(answer))
          .put("greaterThan", false);
    }
    if ((mask & 0x80) != 0) {
      bundle.put("lastUpdatedOn", Json.date(answer.index().builtAt()));
    }
    if ((mask & 0x100) != 0) {
      bundle.put("combinedSql", Json.required(query, "sql"));
    }
    return bundle;
  }

  private static long sum(Answer answer) {
    return answer.rows().stream()
        .mapToLong(row -> row.value("dataFileSizeBytes").map(Long::parseLong).orElse(0L))
        .sum();
  }

  /** One page: at most what the caller wants, and at most 512,000 bytes. */
  private ObjectNode page(Answer answer, ObjectNode query) {
    long offset = Json.number(query, "offset").orElse(0);
    OptionalLong limit = Json.number(query, "limit");
    if (offset < 0 || limit.orElse(0) < 0) {
      throw Refusals.badRequest("Limit and offset of a query must not be negative.");
    }
    boolean etags = Json.flag(query, "includeEntityEtag");
    ObjectNode result = Json.object().put("concreteType", TABLE + "QueryResult");
    ObjectNode set = result.putObject("queryResults");
    set.put("concreteType", TABLE + "RowSet");
    set.put("tableId", answer.view().id);
    set.put("etag", answer.index().etag());
    set.putArray("headers").addAll(shown(answer.headers()));
    ArrayNode rows = set.putArray("rows");
    if (answer.query().count()) {
      rows.addObject().putArray("values").add(Integer.toString(answer.rows().size()));
      return result;
    }
    long bytes = 0;
    long last = Math.min(limit.orElse(MAX_PAGE_ROWS), MAX_PAGE_ROWS);
    List<ViewRow> rest = answer.rows().stream().skip(offset).toList();
    for (ViewRow row : rest) {
      ObjectNode json = row(row, answer.headers(), etags);
      bytes += json.toString().length();
      if (rows.size() >= last || (bytes > MAX_PAGE_BYTES && rows.size() > 0)) {
        result.set("nextPageToken", next(answer.view(), query, offset + rows.size()));
        break;
      }
      rows.add(json);
    }
    return result;
  }

  private static ObjectNode row(ViewRow row, List<ObjectNode> headers, boolean etag) {
    ObjectNode json = Json.object();
    json.put("rowId", row.rowId());
    json.put("versionNumber", row.versionNumber());
    if (etag) {
      json.put("etag", row.etag());
    }
    ArrayNode values = json.putArray("values");
    for (ObjectNode header : headers) {
      values.add(row.value(Json.required(header, "source")).orElse(null));
    }
    return json;
  }

  private static ObjectNode next(Node view, ObjectNode query, long offset) {
    ObjectNode rest = query.deepCopy().put("offset", offset);
    String token =
        Base64.getEncoder().encodeToString(Json.write(rest).getBytes(StandardCharsets.UTF_8));
    return Json.object()
        .put("concreteType", TABLE + "QueryNextPageToken")
        .put("entityId", view.id)
        .put("token", token);
  }

  /** The page after the one that carried the token. */
  ObjectNode nextPage(SynapseAccount caller, ObjectNode token) {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(Json.required(token, "token"));
    } catch (IllegalArgumentException unreadable) {
      throw Refusals.badRequest("Invalid next page token");
    }
    ObjectNode query = Json.parse(decoded);
    return page(answer(caller, Json.required(query, "sql")), query);
  }

  /** Writes the whole result to a file of Synapse's own, which the caller may download. */
  ObjectNode csv(SynapseAccount caller, ObjectNode request) {
    Answer answer = answer(caller, Json.required(request, "sql"));
    CsvText csv = new CsvText(Json.object(request, "csvTableDescriptor"));
    boolean ids = !Json.text(request, "includeRowIdAndRowVersion").equals(Optional.of("false"));
    if (!Json.text(request, "writeHeader").equals(Optional.of("false"))) {
      List<String> names = new ArrayList<>(ids ? List.of("ROW_ID", "ROW_VERSION") : List.of());
      answer.headers().forEach(header -> names.add(Json.required(header, "name")));
      csv.row(names);
    }
    for (ViewRow row : answer.rows()) {
      List<String> cells = new ArrayList<>();
      if (ids) {
        cells.add(Long.toString(row.rowId()));
        cells.add(Long.toString(row.versionNumber()));
      }
      for (JsonNode header : answer.headers()) {
        cells.add(row.value(Json.text(header, "source").orElse("")).orElse(""));
      }
      csv.row(cells);
    }
    FileHandle file = store(caller, csv.bytes());
    ObjectNode result = Json.object().put("concreteType", TABLE + "DownloadFromTableResult");
    result.put("resultsFileHandleId", file.id());
    result.put("tableId", answer.view().id);
    result.put("etag", answer.index().etag());
    result.putArray("headers").addAll(shown(answer.headers()));
    return result;
  }

  private FileHandle store(SynapseAccount caller, byte[] content) {
    String name = "Job-" + UUID.randomUUID() + ".csv";
    String key = caller.userId() + "/" + UUID.randomUUID() + "/" + name;
    String bucket = realm.settings.bucket();
    realm.store.put(bucket, key, "text/csv", content);
    FileHandle.Content about =
        new FileHandle.Content(
            Optional.of(name),
            Optional.of("text/csv"),
            Optional.of(Md5.hex(content)),
            OptionalLong.of(content.length));
    return realm.handles.add(
        caller.userId(),
        realm.now(),
        about,
        FileHandle.Place.s3(bucket, key, StorageLocations.DEFAULT_ID));
  }
}
