package io.towpath.activities.samplesheet;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSONata expression that makes the cells of one column.
 *
 * <p>Columns go by their names: {@code sample & '_1'}. An expression that has {@code $} on its own
 * is about the one cell that it replaces: {@code $} is that cell, an empty text where there is
 * none, and the row is {@code $row}.
 */
record CellExpression(String column, Expression expression) {
  static CellExpression of(String column, String text) throws Expression.Refused {
    return new CellExpression(column, Expression.of(text));
  }

  /** The cell of a row; empty for no value, which is an empty cell. */
  Optional<Object> of(Map<String, Object> row) throws Expression.Refused {
    Map<?, ?> plain = (Map<?, ?>) Expression.plain(row);
    Object cell = plain.get(column);
    Object input = expression.names("") ? (cell == null ? "" : cell) : plain;
    Optional<Object> result = expression.evaluate(input, Map.of("row", plain));
    Object value = result.orElse("");
    if (value instanceof List || value instanceof Map) {
      String found = value instanceof List<?> list ? "a list of " + list.size() : "an object";
      throw new Expression.Refused(
          "the expression gives " + found + "; a cell takes one text, number or flag");
    }
    return result;
  }
}
