package io.towpath.sandbox.synapse;

import io.towpath.sandbox.http.Wildcards;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** Reads the part of SQL after WHERE: comparisons, IN, LIKE, IS NULL, HAS, AND, OR, NOT. */
final class SqlCondition {
  private SqlCondition() {}

  static Predicate<ViewRow> parse(SqlTokens tokens) {
    Predicate<ViewRow> left = conjunction(tokens);
    while (tokens.take("OR")) {
      left = left.or(conjunction(tokens));
    }
    return left;
  }

  private static Predicate<ViewRow> conjunction(SqlTokens tokens) {
    Predicate<ViewRow> left = term(tokens);
    while (tokens.take("AND")) {
      left = left.and(term(tokens));
    }
    return left;
  }

  private static Predicate<ViewRow> term(SqlTokens tokens) {
    if (tokens.take("NOT")) {
      tokens.nest();
      return term(tokens).negate();
    }
    if (tokens.take("(")) {
      tokens.nest();
      Predicate<ViewRow> inner = parse(tokens);
      tokens.expect(")");
      return inner;
    }
    String column = tokens.name();
    if (tokens.take("IS")) {
      boolean not = tokens.take("NOT");
      tokens.expect("NULL");
      return row -> row.value(column).isPresent() == not;
    }
    boolean not = tokens.take("NOT");
    Predicate<ViewRow> test = comparison(tokens, column);
    return not ? row -> row.value(column).isPresent() && !test.test(row) : test;
  }

  private static Predicate<ViewRow> comparison(SqlTokens tokens, String column) {
    if (tokens.take("IN")) {
      List<String> values = list(tokens);
      return row -> row.value(column).filter(v -> anyEqual(v, values)).isPresent();
    }
    if (tokens.take("HAS")) {
      List<String> values = list(tokens);
      return row ->
          values.stream().anyMatch(v -> row.value(column).orElse("").contains('"' + v + '"'));
    }
    if (tokens.take("LIKE")) {
      String like = tokens.literal().toLowerCase(Locale.ROOT);
      return row -> row.value(column).filter(v -> isLike(v, like)).isPresent();
    }
    IntPredicate operator = operator(tokens);
    String value = tokens.literal();
    return row -> row.value(column).filter(v -> operator.test(compare(v, value))).isPresent();
  }

  private static IntPredicate operator(SqlTokens tokens) {
    String symbol = tokens.symbol();
    return switch (symbol) {
      case "=" -> sign -> sign == 0;
      case "<>", "!=" -> sign -> sign != 0;
      case "<" -> sign -> sign < 0;
      case ">" -> sign -> sign > 0;
      case "<=" -> sign -> sign <= 0;
      case ">=" -> sign -> sign >= 0;
      default -> throw tokens.unexpected("expected a comparison");
    };
  }

  private static List<String> list(SqlTokens tokens) {
    tokens.expect("(");
    List<String> values = new ArrayList<>();
    do {
      values.add(tokens.literal());
    } while (tokens.take(","));
    tokens.expect(")");
    return values;
  }

  private static boolean anyEqual(String value, List<String> others) {
    return others.stream().anyMatch(other -> compare(value, other) == 0);
  }

  /** Compares as numbers where both are, else as text. */
  static int compare(String left, String right) {
    Optional<BigDecimal> a = decimal(left);
    Optional<BigDecimal> b = decimal(right);
    return a.isPresent() && b.isPresent() ? a.get().compareTo(b.get()) : left.compareTo(right);
  }

  private static Optional<BigDecimal> decimal(String text) {
    return text.matches("-?\\d+(\\.\\d+)?") ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  private static boolean isLike(String value, String pattern) {
    return Wildcards.fits(pattern, value.toLowerCase(Locale.ROOT), '%', '_');
  }
}
