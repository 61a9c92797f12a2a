package io.towpath.proof.page;

import static io.towpath.proof.page.Html.escaped;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.proof.page.Html.Cell;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Shows figures as one page that needs nothing else. */
final class HtmlPage {
  private static final List<String> TILES =
      List.of(
          "cells",
          "passed",
          "faults",
          "kills",
          "crashes",
          "pairs",
          "races",
          "cancels",
          "violations",
          "doubles made",
          "calls");

  private final JsonNode figures;
  private final Html html = new Html();

  private HtmlPage(JsonNode figures) {
    this.figures = figures;
  }

  static String of(JsonNode figures) {
    HtmlPage page = new HtmlPage(figures);
    page.head();
    page.totals();
    page.failures();
    page.rules();
    page.crossed("faults", "Faults", "Cells all right of cells struck, by platform and fault.");
    page.crossed("deaths", "Deaths", "Cells all right of cells struck, by activity that died.");
    page.standstills();
    page.work();
    page.protections();
    page.habits();
    page.budgets();
    page.html.raw("</main></body></html>");
    return page.html.toString();
  }

  private void head() {
    html.raw("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .raw("<meta name=\"color-scheme\" content=\"light dark\"><title>Towpath: proof</title>")
        .raw("<style>" + resource("page.css") + "</style></head><body><main>")
        .raw("<h1>One request, one effect</h1>")
        .raw("<p class=\"soft\">What was done to the work, and what came of it. Each cell is one")
        .raw("piece of work; an independent checker read the platforms after it.</p>");
  }

  private void totals() {
    JsonNode totals = figures.path("totals");
    boolean good = PageMain.good(totals);
    long cells = totals.path("cells").asLong();
    String verdict =
        "violations: "
            + totals.path("violations").asLong()
            + ", cells failed: "
            + (cells - totals.path("passed").asLong())
            + " of "
            + cells;
    html.raw("<p class=\"verdict " + (good ? "good" : "bad") + "\">" + verdict + "</p>");
    html.raw("<dl class=\"tiles\">");
    for (String tile : TILES) {
      html.raw("<div><dt>" + tile + "</dt><dd>" + totals.path(tile).asLong() + "</dd></div>");
    }
    html.raw("</dl><dl class=\"facts\">");
    figures
        .path("run")
        .properties()
        .forEach(
            fact ->
                html.raw(
                    "<dt>"
                        + escaped(fact.getKey())
                        + "</dt><dd>"
                        + escaped(fact.getValue().asText())
                        + "</dd>"));
    html.raw("</dl>");
  }

  private void failures() {
    if (figures.path("failures").isEmpty()) {
      return;
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (JsonNode failure : figures.path("failures")) {
      List<String> strikes = new ArrayList<>();
      failure.path("strikes").forEach(strike -> strikes.add(strike.asText()));
      List<String> violated = new ArrayList<>();
      failure
          .path("violated")
          .properties()
          .forEach(rule -> violated.add(rule.getKey() + " " + rule.getValue().asText()));
      rows.add(
          List.of(
              Cell.text(failure.path("cell").asText()),
              Cell.text(failure.path("kind").asText()),
              Cell.text(String.join(", ", strikes)),
              Cell.text(failure.path("seed").asText("")),
              Cell.text(violated.isEmpty() ? "its outcome differs" : String.join("; ", violated))));
    }
    html.heading("Failures", "Each is repeated by the command that the build printed beside it.")
        .table("Cells that failed", columns("cell", "kind", "struck by", "seed", "rules"), rows);
  }

  private void rules() {
    List<List<Cell>> rows = new ArrayList<>();
    for (JsonNode rule : figures.path("rules")) {
      long trials = rule.path("trials").asLong();
      long violated = rule.path("violated").asLong();
      rows.add(
          List.of(
              Cell.text(rule.path("rule").asText()),
              Cell.number(trials),
              new Cell(String.valueOf(violated), violated > 0 ? "number bad" : "number"),
              rule.has("atMost")
                  ? Cell.number(percent(rule.path("atMost").asDouble()))
                  : Cell.noNumber("–"),
              Cell.text(rule.path("sentence").asText())));
    }
    html.heading(
            "Rules",
            "No violation in n trials bounds the rate of violations, with 95 % confidence, by 3/n"
                + " (the rule of three), if the trials were drawn as the work of tomorrow is.")
        .table(
            "Violations by rule",
            List.of(
                Cell.text("rule"),
                Cell.number("trials"),
                Cell.number("violated"),
                Cell.number("at most"),
                Cell.text("what has to hold")),
            rows);
    html.raw("<details><summary>Where a rule was not applicable, and why</summary><ul>");
    for (JsonNode rule : figures.path("rules")) {
      rule.path("notApplicable")
          .properties()
          .forEach(
              reason ->
                  html.raw(
                      "<li><code>"
                          + escaped(rule.path("rule").asText())
                          + "</code>, "
                          + reason.getValue().asLong()
                          + " cells: "
                          + escaped(reason.getKey())
                          + "</li>"));
    }
    html.raw("</ul></details>");
  }

  private void crossed(String name, String title, String explained) {
    JsonNode table = figures.path(name);
    List<Cell> columns = new ArrayList<>(List.of(Cell.text("where")));
    table.path("columns").forEach(column -> columns.add(Cell.number(column.asText())));
    List<List<Cell>> rows = new ArrayList<>();
    for (JsonNode row : table.path("rows")) {
      List<Cell> cells = new ArrayList<>(List.of(Cell.text(row.path("where").asText())));
      for (JsonNode column : table.path("columns")) {
        JsonNode count = row.path(column.asText());
        boolean good = count.path(0).asInt() == count.path(1).asInt();
        cells.add(
            count.isMissingNode()
                ? Cell.noNumber("–")
                : new Cell(
                    count.path(0).asText() + " of " + count.path(1).asText(),
                    good ? "number" : "number bad"));
      }
      rows.add(cells);
    }
    html.heading(title, explained);
    if (rows.isEmpty()) {
      html.raw("<p>Not measured.</p>");
    } else {
      html.table(title, columns, rows);
    }
  }

  private void standstills() {
    listed(
        "standstills",
        "Standstills",
        "What the process of a worker met; how long a piece of work then changed nothing, at most,"
            + " and how many bytes all of them sent to S3 again.",
        List.of("what it met", "cells", "passed", "strikes", "longest", "bytes sent twice"));
  }

  private void work() {
    List<List<Cell>> rows = new ArrayList<>();
    for (JsonNode group : figures.path("work")) {
      boolean good = group.path("cells").equals(group.path("passed"));
      rows.add(
          List.of(
              Cell.text(group.path("etl").asText()),
              Cell.text(group.path("kind").asText()),
              Cell.number(group.path("cells").asLong()),
              new Cell(group.path("passed").asText(), good ? "number" : "number bad"),
              Cell.number(group.path("strikes").asLong()),
              Cell.number(seconds(group.path("medianMillis"))),
              Cell.number(seconds(group.path("slowestMillis")))));
    }
    html.heading("Work", "Times are told, never asserted: many cells share two cores.")
        .table(
            "Cells by ETL and what was done to them",
            List.of(
                Cell.text("ETL"),
                Cell.text("done to it"),
                Cell.number("cells"),
                Cell.number("passed"),
                Cell.number("strikes"),
                Cell.number("median"),
                Cell.number("slowest")),
            rows);
  }

  private void protections() {
    listed(
        "protections",
        "Protections",
        "Each protection taken away by itself: its named scenario fails, or doubles are made.",
        List.of("protection", "scenario", "without it"));
  }

  private void habits() {
    listed(
        "habits",
        "Habits",
        "How scripts do it today, re-enacted: the same misfortune for them and for Towpath.",
        List.of("habit", "misfortune", "today", "towpath"));
  }

  private void budgets() {
    listed(
        "budgets",
        "Budgets",
        "What the project allows itself, and what was measured.",
        List.of("budget", "limit", "measured", "measured by"));
  }

  /** A table of what may not have been measured; its fields go by the columns' names. */
  private void listed(String name, String title, String explained, List<String> fields) {
    List<List<Cell>> rows = new ArrayList<>();
    for (JsonNode one : figures.path(name)) {
      List<Cell> row = new ArrayList<>();
      for (String field : fields) {
        row.add(
            one.hasNonNull(field)
                ? Cell.text(one.path(field).asText())
                : Cell.none("not measured"));
      }
      rows.add(row);
    }
    html.heading(title, explained);
    if (rows.isEmpty()) {
      html.raw("<p>Not measured.</p>");
    } else {
      html.table(title, columns(fields.toArray(String[]::new)), rows);
    }
  }

  private static List<Cell> columns(String... names) {
    return List.of(names).stream().map(Cell::text).toList();
  }

  private static String percent(double rate) {
    return String.format(Locale.ROOT, "%.1f %%", rate * 100);
  }

  private static String seconds(JsonNode millis) {
    return String.format(Locale.ROOT, "%.1f s", millis.asLong() / 1000.0);
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(HtmlPage.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
