package io.towpath.activities.samplesheet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.towpath.activities.samplesheet.TreeRows.Malformed;
import io.towpath.workflows.model.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;

/** A sheet that is a list of objects, in JSON or YAML; read as a stream, object by object. */
final class TreeSheet implements Sheet {
  private static final int MOST_BYTES = 64 << 20;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final JsonFactory YAML =
      YAMLFactory.builder()
          .loaderOptions(options())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final byte[] bytes;
  private final String form;
  private final Set<String> header = new LinkedHashSet<>();
  private final List<Problem> problems = new ArrayList<>();
  private long rows;

  private TreeSheet(byte[] bytes, String form) {
    this.bytes = bytes;
    this.form = form;
  }

  static TreeSheet of(byte[] bytes, String form) {
    TreeSheet sheet = new TreeSheet(bytes, form);
    Optional<String> unreadable = SheetForm.unreadable(bytes);
    if (unreadable.isPresent()) {
      sheet.problems.add(new Problem("the sheet", unreadable.get()));
      return sheet;
    }
    try {
      sheet.read(
          row -> {
            sheet.rows++;
            sheet.header.addAll(row.values().keySet());
          });
    } catch (Malformed malformed) {
      sheet.problems.add(malformed.problem());
    }
    if (sheet.rows == 0 && sheet.problems.isEmpty()) {
      sheet.problems.add(
          new Problem("the sheet", "it has no rows; expected a list of one object per sample"));
    }
    return sheet;
  }

  @Override
  public List<String> header() {
    return List.copyOf(header);
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public String form() {
    return form;
  }

  @Override
  public char delimiter() {
    return ',';
  }

  @Override
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  @Override
  public void forEachCell(Consumer<SheetCell> each) {
    forEachRow(
        cell -> {
          each.accept(cell);
          return Optional.empty();
        },
        row -> {});
  }

  @Override
  public void forEachRow(
      Function<SheetCell, Optional<String>> replacement, Consumer<SheetRow> each) {
    if (!problems.isEmpty()) {
      return;
    }
    long[] number = {0};
    read(
        row -> {
          number[0]++;
          Map<String, Object> values = new LinkedHashMap<>();
          row.values()
              .forEach(
                  (column, value) ->
                      values.put(
                          column, replaced(value, column, row.line(), number[0], replacement)));
          each.accept(new SheetRow(row.line(), values));
        });
  }

  @Override
  public void rewrite(Function<SheetCell, Optional<String>> replacement, OutputStream out) {
    try (RowWriter writer = RowWriter.to(out, form, ',', header())) {
      forEachRow(replacement, row -> writer.write(row.values()));
    }
  }

  private static Object replaced(
      Object value,
      String column,
      int line,
      long row,
      Function<SheetCell, Optional<String>> replacement) {
    if (value instanceof String text) {
      return replacement.apply(new SheetCell(text, line, row, column, 0, 0, true)).orElse(text);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(replaced(item, column, line, row, replacement)));
      return copy;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach(
          (key, item) ->
              copy.put(String.valueOf(key), replaced(item, column, line, row, replacement)));
      return copy;
    }
    return value;
  }

  private void read(Consumer<SheetRow> each) {
    int start = SheetForm.start(bytes);
    JsonFactory factory = form.equals("json") ? JSON : YAML;
    try (JsonParser parser = factory.createParser(bytes, start, bytes.length - start)) {
      new TreeRows(parser).forEach(each);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_BYTES);
    return options;
  }
}
