package io.towpath.activities.synapse;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.SynapseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query that makes a view or dataset a manifest: {@code SELECT columns FROM synN [WHERE …] [ORDER
 * BY …]}, one row per file. Whatever would make other rows than the view's own is refused.
 *
 * @param columns the selected columns; empty for all
 * @param rest the condition and the order as written
 * @param ordered whether it says the order of its rows
 */
record ViewQuery(List<Column> columns, String rest, boolean ordered) {
  private static final Pattern TOKEN =
      Pattern.compile(
          "'(?:[^']++|'')*+'|\"(?:[^\"]++|\"\")*+\"|[\\w.]+|\\s+|--|/\\*|.", Pattern.DOTALL);
  private static final Set<String> REFUSED =
      Set.of(
          "distinct",
          "group",
          "having",
          "union",
          "join",
          "limit",
          "offset",
          "select",
          "from",
          ";",
          "--",
          "/*");
  private static final String FORM =
      "expected SELECT columns FROM the view [WHERE …] [ORDER BY …], with columns as name or name"
          + " AS other";

  /** A column, and the name that the sheet gets for it. */
  record Column(String name, String alias) {}

  /** All rows and columns. */
  static final ViewQuery ALL = new ViewQuery(List.of(), "", false);

  /** Reads a query of {@code view}; fails with {@code INPUT_REJECTED}. */
  static ViewQuery read(String sql, SynapseId view) {
    List<String> tokens = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(sql);
    while (matcher.find()) {
      if (!matcher.group().isBlank()) {
        tokens.add(matcher.group());
        starts.add(matcher.start());
      }
    }
    int from = indexOf(tokens, "from");
    if (tokens.isEmpty() || !tokens.get(0).equalsIgnoreCase("select") || from < 2) {
      throw refused(FORM);
    }
    if (from + 1 >= tokens.size() || !names(tokens.get(from + 1), view)) {
      throw refused("it may ask " + view + " only, which manifest.synId names");
    }
    List<String> rest = tokens.subList(from + 2, tokens.size());
    boolean known =
        rest.isEmpty()
            || rest.get(0).equalsIgnoreCase("where")
            || rest.get(0).equalsIgnoreCase("order");
    for (String token : rest) {
      if (!known || REFUSED.contains(token.toLowerCase(Locale.ROOT))) {
        throw refused("found \"" + (known ? token : rest.get(0)) + "\"; " + FORM);
      }
    }
    return new ViewQuery(
        columns(tokens.subList(1, from)),
        rest.isEmpty() ? "" : sql.substring(starts.get(from + 2)).strip(),
        indexOf(rest, "order") >= 0);
  }

  /** The query that is sent: with more columns behind the selected ones, in one order. */
  String sql(SynapseId view, List<Column> selected, List<String> more, boolean byId) {
    List<String> list = new ArrayList<>();
    selected.forEach(column -> list.add(quoted(column.name()) + alias(column)));
    more.forEach(name -> list.add(quoted(name)));
    return "SELECT "
        + String.join(", ", list)
        + " FROM "
        + view
        + (rest.isEmpty() ? "" : " " + rest)
        + (byId && !ordered ? " ORDER BY \"id\"" : "");
  }

  private static String alias(Column column) {
    return column.alias().equals(column.name()) ? "" : " AS " + quoted(column.alias());
  }

  private static List<Column> columns(List<String> tokens) {
    if (tokens.equals(List.of("*"))) {
      return List.of();
    }
    List<Column> columns = new ArrayList<>();
    List<String> item = new ArrayList<>();
    for (String token : tokens) {
      if (token.equals(",")) {
        columns.add(column(item));
        item.clear();
      } else {
        item.add(token);
      }
    }
    columns.add(column(item));
    return columns;
  }

  private static Column column(List<String> item) {
    boolean plain = item.size() == 1;
    boolean renamed = item.size() == 3 && item.get(1).equalsIgnoreCase("as");
    Optional<String> name = plain || renamed ? name(item.get(0)) : Optional.empty();
    Optional<String> alias = renamed ? name(item.get(2)) : name;
    if (name.isEmpty() || alias.isEmpty()) {
      throw refused("found \"" + String.join(" ", item) + "\" among the columns; " + FORM);
    }
    return new Column(name.get(), alias.get());
  }

  private static Optional<String> name(String token) {
    if (token.startsWith("\"")) {
      return Optional.of(token.substring(1, token.length() - 1).replace("\"\"", "\""));
    }
    return token.matches("\\w+") && !REFUSED.contains(token.toLowerCase(Locale.ROOT))
        ? Optional.of(token)
        : Optional.empty();
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static boolean names(String token, SynapseId view) {
    String id = token.toLowerCase(Locale.ROOT);
    return id.equals(view.entity()) || id.equals(view.value());
  }

  private static int indexOf(List<String> tokens, String word) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).equalsIgnoreCase(word)) {
        return i;
      }
    }
    return -1;
  }

  private static PlatformException refused(String why) {
    return new PlatformException(
        FailureKind.INPUT_REJECTED, "manifest.query cannot be used: " + why);
  }
}
