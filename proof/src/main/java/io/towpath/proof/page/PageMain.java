package io.towpath.proof.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes {@code index.html} and {@code proof.json} beside the records of a run of the proof. */
public final class PageMain {
  private PageMain() {}

  /** Takes the folder; exits with 0 when every cell passed, 1 when one did not, 2 without cells. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (arguments.length != 1) {
      out.println("usage: FOLDER, where cells.jsonl lies");
      System.exit(2);
    }
    System.exit(write(Path.of(arguments[0]), out));
  }

  /** Writes page and JSON, prints what they say, and returns the exit code. */
  static int write(Path folder, PrintStream out) throws IOException {
    Records records = new Records(folder);
    List<CellRecord> cells = records.cells();
    if (cells.isEmpty()) {
      out.println("no cell left a record in " + folder);
      return 2;
    }
    ObjectNode figures = Figures.of(cells, records.run());
    figures.set("protections", records.completed("protections", "protection"));
    figures.set("habits", records.completed("habits", "habit"));
    ArrayNode budgets = records.completed("budgets", "budget");
    ((ObjectNode) budgets.get(0))
        .put(
            "measured",
            String.format(
                Locale.ROOT, "%.2f times", figures.at("/totals/amplification").asDouble()));
    figures.set("budgets", budgets);
    Path page = folder.resolve("index.html");
    Files.writeString(page, HtmlPage.of(figures));
    Files.writeString(
        folder.resolve("proof.json"),
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(figures) + "\n");
    JsonNode totals = figures.path("totals");
    out.printf(
        "%d of %d cells passed; %d faults, %d kills, %d crashes, %d pairs, %d races; %d violations,"
            + " %d doubles made%n%s%n",
        totals.path("passed").asLong(),
        totals.path("cells").asLong(),
        totals.path("faults").asLong(),
        totals.path("kills").asLong(),
        totals.path("crashes").asLong(),
        totals.path("pairs").asLong(),
        totals.path("races").asLong(),
        totals.path("violations").asLong(),
        totals.path("doubles made").asLong(),
        page.toAbsolutePath());
    return good(totals) ? 0 : 1;
  }

  /** Whether nothing was violated, and every cell passed. */
  static boolean good(JsonNode totals) {
    return totals.path("violations").asLong() == 0
        && totals.path("passed").asLong() == totals.path("cells").asLong();
  }
}
