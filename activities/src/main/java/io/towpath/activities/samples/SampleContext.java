package io.towpath.activities.samples;

import com.dashjoin.jsonata.Jsonata;
import io.towpath.activities.samplesheet.Expression;
import io.towpath.activities.samplesheet.Shortened;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the expressions of a sample's inputs know of it. */
final class SampleContext {
  private final String id;
  private final String place;
  private final Shared shared;
  private final List<Object> files;
  private final Map<String, Object> byAddress;

  /**
   * One row with its files.
   *
   * @param ids ids of its files in the project
   * @param addresses of the same files; empty where no expression asks for them
   */
  record Row(Map<String, Object> values, List<String> ids, List<String> addresses) {}

  /**
   * @param place where it stands, for a person
   */
  SampleContext(String id, String place, List<Row> rows) {
    this.id = id;
    this.place = place;
    this.shared = new Shared(rows);
    this.files = new ArrayList<>(rows.size());
    this.byAddress = new LinkedHashMap<>();
    for (Row row : rows) {
      files.add(withFile(row));
      for (int i = 0; i < row.addresses().size(); i++) {
        byAddress.put(row.addresses().get(i), file(row.ids().get(i)));
      }
    }
  }

  String id() {
    return id;
  }

  /** Its rows, each with its file, or files, as the platform takes them. */
  List<Object> files() {
    return files;
  }

  String place() {
    return place;
  }

  /** The columns that all rows share; asking for another one is an {@link Expression.Objection}. */
  Map<String, Object> shared() {
    return shared;
  }

  /** What {@code $} is in expressions of inputs. */
  Map<String, Object> input(String opKey, String taskId) {
    return new Shared(shared, Map.of("files", files, "opKey", opKey, "taskId", taskId));
  }

  /** Variables of these expressions. */
  Map<String, Object> variables() {
    return Map.of("file", Jsonata.function("file", (Object address) -> fileOf(address), "<x:x>"));
  }

  private static Map<String, Object> withFile(Row row) {
    Map<String, Object> values = new LinkedHashMap<>(row.values());
    List<Object> own = row.ids().stream().map(SampleContext::file).toList();
    if (!own.isEmpty()) {
      values.put("file", own.size() == 1 ? own.get(0) : own);
    }
    return values;
  }

  private static Object file(String id) {
    return new TreeMap<>(Map.of("class", "File", "path", id));
  }

  private @Nullable Object fileOf(@Nullable Object address) {
    if (address instanceof List<?> list) {
      List<@Nullable Object> found = new ArrayList<>();
      list.forEach(one -> found.add(fileOf(one)));
      return found;
    }
    if (address == null || String.valueOf(address).isBlank()) {
      return null;
    }
    Object found = byAddress.get(String.valueOf(address));
    if (found == null) {
      throw new Expression.Objection(
          "$file: \"" + Shortened.of(address) + "\" is the address of no file of this sample");
    }
    return found;
  }

  /** Columns by name, of which those that differ between rows have no value. */
  private static final class Shared extends AbstractMap<String, Object> {
    private final Map<String, Object> columns = new LinkedHashMap<>();
    private final Map<String, String> differing = new LinkedHashMap<>();

    Shared(List<Row> rows) {
      rows.get(0).values().forEach((column, value) -> add(column, value, rows));
    }

    Shared(Shared other, Map<String, Object> more) {
      columns.putAll(other.columns);
      columns.putAll(more);
      differing.putAll(other.differing);
    }

    private void add(String column, Object value, List<Row> rows) {
      for (Row row : rows) {
        Object other = row.values().getOrDefault(column, "");
        if (!value.equals(other)) {
          differing.put(column, "\"" + Shortened.of(value) + "\", \"" + Shortened.of(other) + "\"");
          return;
        }
      }
      columns.put(column, value);
    }

    @Override
    public @Nullable Object get(Object column) {
      String cells = differing.get(column);
      if (cells != null) {
        throw new Expression.Objection(
            "the rows of the sample have different cells in column \""
                + column
                + "\" ("
                + cells
                + "); make them equal, or choose one of files");
      }
      return columns.get(column);
    }

    @Override
    public boolean containsKey(Object column) {
      return columns.containsKey(column) || differing.containsKey(column);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      return columns.entrySet();
    }
  }
}
