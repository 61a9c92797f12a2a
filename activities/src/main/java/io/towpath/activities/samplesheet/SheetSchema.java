package io.towpath.activities.samplesheet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import io.towpath.activities.rows.Fingerprints;
import io.towpath.activities.store.S3Documents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A sheet's schema as nf-core publishes it ({@code assets/schema_input.json}: array, items,
 * errorMessage; nf-schema's sample_sheet_schema_specification), applied row by row. What needs the
 * files themselves ({@code exists}, {@code mimetype}) is left to the pipeline.
 */
final class SheetSchema {
  private static final List<String> DEFINITIONS = List.of("$schema", "$defs", "definitions");

  private final JsonNode root;
  private final ObjectNode items;
  private final Schema row;
  private final CellTypes types;
  private final List<List<String>> unique;
  private final Fingerprints seen = new Fingerprints();
  private long rows;

  /**
   * @throws IllegalArgumentException when it is no schema of a list of objects
   */
  SheetSchema(JsonNode root) {
    if (!(root.path("items") instanceof ObjectNode inner)) {
      throw new IllegalArgumentException(
          "describes no list of rows: it has no \"items\" that is an object; expected the form of"
              + " assets/schema_input.json");
    }
    this.root = root;
    this.items = inner.deepCopy();
    for (String name : DEFINITIONS) {
      if (root.has(name) && !items.has(name)) {
        items.set(name, root.get(name));
      }
    }
    items.remove(List.of("$id", "id"));
    this.row = LocalSchemas.compile(items);
    this.types = new CellTypes(items);
    this.unique = uniqueColumns();
  }

  /** Checks one row; {@code texts} when its cells come from a form that has texts only. */
  void check(SheetRow checked, boolean texts, ProblemList problems) {
    rows++;
    ObjectNode values = S3Documents.JSON.createObjectNode();
    checked.values().forEach((name, value) -> put(values, name, value, texts));
    Map<String, String> byColumn = new LinkedHashMap<>();
    for (Error error : LocalSchemas.errors(row, values)) {
      String column = columnOf(error);
      byColumn.putIfAbsent(column, told(error, column, checked.values().get(column)));
    }
    byColumn.forEach(
        (column, text) ->
            problems.add(
                column.isEmpty() ? "line " + checked.line() : checked.place(column), text));
    checkUnique(checked, problems);
  }

  /** Checks what the rows have to be together; call it once, behind the last one. */
  void end(ProblemList problems) {
    if (rows < root.path("minItems").asLong(0)) {
      problems.add("the sheet", "has " + rows + " rows; the schema wants " + root.get("minItems"));
    }
    if (rows > root.path("maxItems").asLong(Long.MAX_VALUE)) {
      problems.add("the sheet", "has " + rows + " rows; the schema takes " + root.get("maxItems"));
    }
  }

  private void put(ObjectNode values, String name, Object value, boolean texts) {
    if (value instanceof String text) {
      if (!texts) {
        values.put(name, text);
      } else if (!text.isEmpty()) {
        values.set(name, types.cast(name, text));
      }
    } else {
      values.set(
          name,
          texts ? types.cast(name, RowWriter.text(value)) : S3Documents.JSON.valueToTree(value));
    }
  }

  private String told(Error error, String column, @org.jspecify.annotations.Nullable Object value) {
    String own = items.path("properties").path(column).path("errorMessage").asText("");
    String found =
        value == null || value.equals("")
            ? "the cell is empty or missing"
            : "found \"" + Shortened.of(RowWriter.text(value)) + "\"";
    return found + "; " + (own.isEmpty() ? "" : own + " ") + "(" + error.getMessage() + ")";
  }

  private static String columnOf(Error error) {
    if (error.getInstanceLocation().getNameCount() > 0) {
      return error.getInstanceLocation().getName(0);
    }
    return error.getProperty() == null ? "" : error.getProperty();
  }

  private void checkUnique(SheetRow checked, ProblemList problems) {
    for (List<String> columns : unique) {
      List<String> key = new ArrayList<>(columns);
      columns.forEach(name -> key.add(RowWriter.text(checked.values().getOrDefault(name, ""))));
      if (!seen.add(String.join("\0", key))) {
        problems.add(
            checked.place(columns.get(0)),
            "found "
                + Shortened.of(key.subList(columns.size(), key.size()))
                + " a second time; the schema wants "
                + columns
                + " to be unique");
      }
    }
  }

  /** {@code uniqueItems}, {@code uniqueEntries}, and {@code unique} of the older nf-validation. */
  private List<List<String>> uniqueColumns() {
    List<List<String>> all = new ArrayList<>();
    List<JsonNode> holders = new ArrayList<>(List.of(root));
    root.path("allOf").forEach(holders::add);
    for (JsonNode holder : holders) {
      addNames(all, holder.path("uniqueEntries"), List.of());
    }
    if (root.path("uniqueItems").asBoolean()) {
      addNames(all, S3Documents.JSON.valueToTree(types.columns()), List.of());
    }
    items
        .path("properties")
        .properties()
        .forEach(
            property -> {
              JsonNode rule = property.getValue().path("unique");
              if (rule.asBoolean()) {
                all.add(List.of(property.getKey()));
              }
              addNames(all, rule, List.of(property.getKey()));
            });
    return all;
  }

  private static void addNames(List<List<String>> all, JsonNode names, List<String> first) {
    Set<String> columns = new LinkedHashSet<>(first);
    names.forEach(name -> columns.add(name.asText()));
    if (columns.size() > first.size()) {
      all.add(List.copyOf(columns));
    }
  }
}
