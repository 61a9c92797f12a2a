package io.towpath.sandbox.synapse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * A query of one view: columns, condition, order and range.
 *
 * @param columns the selected columns; empty for all of them
 * @param count whether {@code count(*)} is asked for instead
 */
record ViewQuery(
    List<Column> columns,
    boolean count,
    EntityIds.Versioned from,
    Predicate<ViewRow> where,
    Optional<Comparator<ViewRow>> order,
    OptionalLong limit,
    long offset) {

  /** A column and the name that its values get. */
  record Column(String name, String alias) {}

  static ViewQuery parse(String sql) {
    SqlTokens tokens = new SqlTokens(sql);
    tokens.expect("SELECT");
    List<Column> columns = new ArrayList<>();
    boolean count = false;
    if (!tokens.take("*")) {
      count = columns(tokens, columns);
    }
    tokens.expect("FROM");
    EntityIds.Versioned from = EntityIds.parse(tokens.name());
    Predicate<ViewRow> where = tokens.take("WHERE") ? SqlCondition.parse(tokens) : row -> true;
    Optional<Comparator<ViewRow>> order = order(tokens);
    OptionalLong limit =
        tokens.take("LIMIT") ? OptionalLong.of(tokens.number()) : OptionalLong.empty();
    long offset = tokens.take("OFFSET") ? tokens.number() : 0;
    tokens.take(";");
    if (!tokens.atEnd()) {
      tokens.name();
      throw tokens.unexpected("not supported here");
    }
    return new ViewQuery(List.copyOf(columns), count, from, where, order, limit, offset);
  }

  private static boolean columns(SqlTokens tokens, List<Column> columns) {
    do {
      String name = tokens.name();
      if (name.equalsIgnoreCase("count") && tokens.take("(")) {
        tokens.expect("*");
        tokens.expect(")");
        alias(tokens, name);
        return true;
      }
      columns.add(new Column(name, alias(tokens, name)));
    } while (tokens.take(","));
    return false;
  }

  private static String alias(SqlTokens tokens, String name) {
    return tokens.take("AS") ? tokens.name() : name;
  }

  private static Optional<Comparator<ViewRow>> order(SqlTokens tokens) {
    if (!tokens.take("ORDER")) {
      return Optional.empty();
    }
    tokens.expect("BY");
    Optional<Comparator<ViewRow>> order = Optional.empty();
    do {
      String column = tokens.name();
      Comparator<ViewRow> by =
          Comparator.comparing(
              (ViewRow row) -> row.value(column).orElse(""), SqlCondition::compare);
      boolean descending = tokens.take("DESC");
      if (!descending) {
        tokens.take("ASC");
      }
      Comparator<ViewRow> next = descending ? by.reversed() : by;
      order = Optional.of(order.map(before -> before.thenComparing(next)).orElse(next));
    } while (tokens.take(","));
    return order;
  }

  /** All rows that fit, in order, before limit and offset of whoever asks. */
  List<ViewRow> select(List<ViewRow> rows) {
    List<ViewRow> found = new ArrayList<>(rows.stream().filter(where).toList());
    order.ifPresent(found::sort);
    return found.stream().skip(offset).limit(limit.orElse(Long.MAX_VALUE)).toList();
  }
}
