package io.towpath.workflows.roundtrip;

import io.towpath.workflows.model.CanonicalJson;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.samplesheet.ForeignStep;
import io.towpath.workflows.samplesheet.PrepareRules;
import io.towpath.workflows.samplesheet.SchemaRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the field {@code prepare}. */
final class PrepareRequest {
  /** Longer schemas belong under a URL: the request is kept in history. */
  private static final int MOST_INLINE = 64 << 10;

  private static final Pattern PIPELINE = Pattern.compile("nf-core/[a-z0-9][a-z0-9_-]*");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final List<String> BOTH = List.of("sheet", "params");

  private PrepareRequest() {}

  /** The rules; empty when the field is missing or says nothing. */
  static Optional<PrepareRules> read(Fields fields) {
    PrepareRules rules =
        fields.object("prepare", "how the sheet is shaped and checked", PrepareRequest::readRules);
    return rules.equals(PrepareRules.NONE) ? Optional.empty() : Optional.of(rules);
  }

  private static PrepareRules readRules(Fields fields) {
    Map<String, String> map =
        texts(fields, "map", "column: JSONata expression over the row; makes or replaces cells");
    Map<String, String> rename = texts(fields, "rename", "old column name: new name");
    if (new TreeSet<>(rename.values()).size() < rename.size()) {
      fields.problem("rename", "two columns get the same name; give each one of its own");
    }
    List<String> select =
        fields.texts("select", List.of(), "columns to keep, in this order; default: all");
    List<String> group = readGroup(fields);
    for (String column : group) {
      if (!select.isEmpty() && !select.contains(column)) {
        fields.problem("group", "\"" + column + "\" is not among select; add it there");
      }
    }
    if (new TreeSet<>(select).size() < select.size()) {
      fields.problem("select", "names a column twice; a sheet has each column once");
    }
    String write =
        fields.choice(
            "write",
            List.of("auto", "csv", "tsv", "json", "yaml"),
            "form of the prepared sheet; auto: that of the manifest");
    Map<String, SchemaRef> schemas = readSchemas(fields);
    return new PrepareRules(
        map,
        rename,
        select,
        group,
        write,
        Optional.ofNullable(schemas.get("sheet")),
        Optional.ofNullable(schemas.get("params")),
        readActivity(fields));
  }

  static List<String> readGroup(Fields fields) {
    if (fields.raw("group") instanceof String column && !column.isBlank()) {
      return List.of(column);
    }
    return fields.texts(
        "group", List.of(), "column or columns; rows that follow each other and agree become one");
  }

  private static Optional<ForeignStep> readActivity(Fields fields) {
    return fields.optionalObject(
        "activity",
        "an activity of your own that gets the sheet's reference and returns one",
        own ->
            new ForeignStep(
                own.text("name", "its type"),
                own.text("taskQueue", "the queue that its worker polls")));
  }

  private static Map<String, SchemaRef> readSchemas(Fields fields) {
    Map<String, SchemaRef> schemas = new TreeMap<>();
    if (fields.raw("schema") instanceof String text && !text.isBlank()) {
      readSchema(fields, "schema", text).ifPresent(schema -> schemas.put("sheet", schema));
      return schemas;
    }
    Map<String, Object> object =
        fields.free(
            "schema",
            "JSON Schema of the sheet: itself, {url, sha256}, or nf-core/NAME; {sheet, params}"
                + " names one for the parameters as well");
    if (object.isEmpty()) {
      return schemas;
    }
    if (BOTH.containsAll(object.keySet())) {
      object.forEach(
          (key, value) ->
              readSchema(fields, "schema." + key, value)
                  .ifPresent(schema -> schemas.put(key, schema)));
    } else {
      readSchema(fields, "schema", object).ifPresent(schema -> schemas.put("sheet", schema));
    }
    return schemas;
  }

  private static Optional<SchemaRef> readSchema(Fields fields, String name, Object value) {
    String place = fields.path() + "." + name;
    if (value instanceof String text) {
      if (PIPELINE.matcher(text).matches()) {
        return Optional.of(SchemaRef.ofPipeline(place, text));
      }
      fields.problem(
          name,
          "\"" + text + "\" is not nf-core/NAME; for another place write {url: https://…, sha256}");
      return Optional.empty();
    }
    if (!(value instanceof Map<?, ?> map)) {
      fields.problem(name, "is neither nf-core/NAME nor {url, sha256} nor a schema");
      return Optional.empty();
    }
    return map.containsKey("url") ? pinned(fields, name, map) : inline(fields, name, map);
  }

  private static Optional<SchemaRef> pinned(Fields fields, String name, Map<?, ?> map) {
    String url = String.valueOf(map.get("url"));
    String sha256 = String.valueOf(map.get("sha256"));
    boolean right = map.size() == 2 && url.startsWith("https://");
    if (!right) {
      fields.problem(name, "expected exactly url, beginning with https://, and sha256");
    }
    if (!SHA256.matcher(sha256).matches()) {
      fields.problem(
          name + ".sha256", "64 hex digits are required, as sha256sum prints them for the file");
      return Optional.empty();
    }
    return right
        ? Optional.of(
            SchemaRef.pinned(
                fields.path() + "." + name, url, sha256.toLowerCase(java.util.Locale.ROOT)))
        : Optional.empty();
  }

  private static Optional<SchemaRef> inline(Fields fields, String name, Map<?, ?> map) {
    Map<String, Object> schema = new TreeMap<>();
    map.forEach((key, value) -> schema.put(String.valueOf(key), value));
    if (CanonicalJson.write(schema).length() > MOST_INLINE) {
      fields.problem(name, "is longer than " + MOST_INLINE + " characters; name it by url, sha256");
      return Optional.empty();
    }
    return Optional.of(SchemaRef.inline(fields.path() + "." + name, schema));
  }

  static Map<String, String> texts(Fields fields, String name, String meaning) {
    Map<String, String> texts = new TreeMap<>();
    fields
        .free(name, meaning)
        .forEach(
            (key, value) -> {
              if (value instanceof String text && !text.isBlank()) {
                texts.put(key, text);
              } else {
                fields.problem(name + "." + key, "\"" + value + "\" is not a text");
              }
            });
    return texts;
  }
}
