package io.towpath.activities.samplesheet;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.towpath.activities.store.S3Documents;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes rows in one of the forms of a sheet, one at a time. */
abstract class RowWriter implements AutoCloseable {
  /** What parts the values of a merged cell in CSV and TSV. */
  static final String WITHIN = ";";

  abstract void write(Map<String, Object> row);

  @Override
  public abstract void close();

  /**
   * Begins a sheet.
   *
   * @param form {@code csv}, {@code tsv}, {@code json} or {@code yaml}
   * @param columns the header; JSON and YAML have the cells that a row has
   */
  static RowWriter to(OutputStream out, String form, char delimiter, List<String> columns) {
    return form.equals("json") || form.equals("yaml")
        ? new Tree(out, form)
        : new Delimited(out, delimiter, columns);
  }

  /** A value as the text of a cell: no exponent, no {@code .0} behind whole numbers. */
  static String text(Object value) {
    if (value instanceof Double number && !number.isInfinite() && !number.isNaN()) {
      BigDecimal plain = BigDecimal.valueOf(number);
      return plain.signum() == 0 ? "0" : plain.stripTrailingZeros().toPlainString();
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof Collection<?> list) {
      return list.stream().map(RowWriter::text).collect(Collectors.joining(WITHIN));
    }
    return String.valueOf(value);
  }

  /** A text as a cell: in quotes if it had them or needs them. */
  static String cell(String value, char delimiter, boolean quoted) {
    boolean needed =
        value.indexOf(delimiter) >= 0
            || value.indexOf('"') >= 0
            || value.indexOf('\n') >= 0
            || value.indexOf('\r') >= 0;
    return quoted || needed ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }

  private static final class Delimited extends RowWriter {
    private final OutputStream out;
    private final char delimiter;
    private final List<String> columns;

    Delimited(OutputStream out, char delimiter, List<String> columns) {
      this.out = out;
      this.delimiter = delimiter;
      this.columns = columns;
      line(columns);
    }

    @Override
    void write(Map<String, Object> row) {
      line(columns.stream().map(column -> text(row.getOrDefault(column, ""))).toList());
    }

    @Override
    public void close() {
      // every line is written as it comes
    }

    private void line(List<String> cells) {
      String line =
          cells.stream()
              .map(cell -> cell(cell, delimiter, false))
              .collect(Collectors.joining(String.valueOf(delimiter)));
      // a row of one empty cell would be a blank line, which is no row
      String written = line.isEmpty() ? "\"\"" : line;
      try {
        out.write((written + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Tree extends RowWriter {
    private final JsonGenerator generator;

    Tree(OutputStream out, String form) {
      try {
        generator =
            form.equals("json")
                ? S3Documents.JSON.getFactory().createGenerator(out)
                : YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .build()
                    .setCodec(S3Documents.JSON)
                    .createGenerator(out);
        if (form.equals("json")) {
          generator.useDefaultPrettyPrinter();
        }
        generator.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
        generator.writeStartArray();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    void write(Map<String, Object> row) {
      try {
        generator.writeObject(row);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        generator.writeEndArray();
        generator.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
