package io.towpath.proof.page;

import java.util.List;

/** Writes elements; every text in them is escaped. */
final class Html {
  private final StringBuilder html = new StringBuilder();

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Takes markup as it is. */
  Html raw(String markup) {
    html.append(markup).append('\n');
    return this;
  }

  Html heading(String text, String explained) {
    return raw("<h2>" + escaped(text) + "</h2>")
        .raw("<p class=\"soft\">" + escaped(explained) + "</p>");
  }

  /**
   * A cell of a table.
   *
   * @param kind of its class: empty, number, none, good, bad
   */
  record Cell(String text, String kind) {
    static Cell text(String text) {
      return new Cell(text, "");
    }

    static Cell number(long number) {
      return new Cell(String.valueOf(number), "number");
    }

    static Cell number(String number) {
      return new Cell(number, "number");
    }

    static Cell noNumber(String why) {
      return new Cell(why, "number none");
    }

    static Cell none(String why) {
      return new Cell(why, "none");
    }
  }

  /**
   * A table whose rows begin with their name, in a region that scrolls by itself.
   *
   * @param columns names; those of numbers stand to the right
   */
  Html table(String caption, List<Cell> columns, List<List<Cell>> rows) {
    raw(
        "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\""
            + escaped(caption)
            + "\">");
    raw("<table><caption>" + escaped(caption) + "</caption><thead><tr>");
    columns.forEach(column -> raw(cell("th scope=\"col\"", "th", column)));
    raw("</tr></thead><tbody>");
    for (List<Cell> row : rows) {
      raw("<tr>" + cell("th scope=\"row\"", "th", row.get(0)));
      row.subList(1, row.size()).forEach(cell -> raw(cell("td", "td", cell)));
      raw("</tr>");
    }
    return raw("</tbody></table></div>");
  }

  private static String cell(String open, String close, Cell cell) {
    String kind = cell.kind().isEmpty() ? "" : " class=\"" + cell.kind() + "\"";
    return "<" + open + kind + ">" + escaped(cell.text()) + "</" + close + ">";
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
