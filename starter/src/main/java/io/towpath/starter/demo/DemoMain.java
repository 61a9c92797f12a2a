package io.towpath.starter.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.starter.Towpath;
import io.towpath.starter.screen.Wrapping;
import io.towpath.starter.terminal.Interruption;
import io.towpath.starter.terminal.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code towpath demo}: every ETL that exists, on real reads, with no account and no cluster. */
public final class DemoMain {
  private static final String NAME = "reads";
  private static final String ROUND_TRIP = "round-trip";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final boolean chaos;
  private final Stand stand;
  private final Path folder;

  private DemoMain(boolean chaos, Path folder, Stand stand) {
    this.chaos = chaos;
    this.folder = folder;
    this.stand = stand;
  }

  public static void main(String[] arguments) throws Exception {
    System.setProperty("logback.configurationFile", "towpath-cli-logging.xml");
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("towpath.home", "."));
    Path folder = home.resolve("target").resolve("demo").normalize();
    try {
      DemoOptions options = DemoOptions.read(arguments, List.of("--chaos"), List.of("--seed-dir"));
      try (Stand stand = new Stand(folder)) {
        return new DemoMain(options.has("--chaos"), folder, stand)
            .run(options.value("--seed-dir").map(Path::of));
      }
    } catch (DemoOptions.Unusable e) {
      System.err.println("towpath demo: " + e.getMessage() + "\nSee: ./towpath demo --help");
      return 2;
    } catch (IllegalStateException e) {
      System.err.println(Wrapping.paragraphs("towpath demo: " + e.getMessage()));
      return 3;
    }
  }

  private int run(Optional<Path> data) throws IOException, InterruptedException {
    String temporal = startTemporal();
    stand.startSandbox(data);
    stand.startWorker();
    Control control = new Control(stand.setting("TOWPATH_SANDBOX_CONTROL"));
    JsonNode seed = control.seed();
    introduce(seed, temporal);
    String request =
        Files.readString(DemoRequest.write(folder, seed, "demo", NAME), StandardCharsets.UTF_8);
    Chaos trouble = new Chaos(out, stand, control);
    if (chaos) {
      trouble.injectFaults();
    }
    int before = control.committed();
    boolean kill = chaos && !temporal.startsWith("embedded");
    JsonNode first = startAndWait(ROUND_TRIP, request, kill ? trouble.killingWorker() : out);
    if (!first.path("report").path("outcome").asText().startsWith("SUCCEEDED")) {
      out.println(first.toPrettyString());
      return 1;
    }
    int after = control.committed();
    JsonNode second = startAndWait(ROUND_TRIP, request, out);
    tell(control, first, second, after - before, control.committed() - after);
    boolean well =
        second.path("outcome").asText().equals("NOOP")
            && twice(new CavaticaDemo(seed, stand, out), control)
            && twice(new ReleaseDemo(seed, stand, out, this::command), control);
    lookAround();
    return well ? 0 : 1;
  }

  /** A further ETL, and the same request once more. */
  private boolean twice(Act act, Control control) throws IOException, InterruptedException {
    act.introduce();
    String request = act.request();
    JsonNode first = startAndWait(act.kind(), request, act.progress(out));
    if (!first.path("report").path("outcome").asText().startsWith("SUCCEEDED")) {
      out.println(first.toPrettyString());
      return false;
    }
    Files.writeString(folder.resolve(act.file()), first.path("report").toPrettyString());
    boolean well = act.tell(first.path("report"));
    int before = control.committed();
    JsonNode second = startAndWait(act.kind(), request, out);
    out.println("the same request again: " + second.path("outcome").asText());
    out.println(
        "  done already; " + (control.committed() - before) + " calls that change anything");
    out.println();
    return well && second.path("outcome").asText().equals("NOOP");
  }

  private void introduce(JsonNode seed, String temporal) {
    out.println("Towpath 0.1.0");
    out.println(
        "platforms    sandbox: Synapse, Seqera with Nextflow 24.10.0, CAVATICA, indexd, S3,\n"
            + "             a Docker API");
    out.println("Temporal     " + temporal);
    out.println();
    out.println(
        "round-trip   samplesheet.csv ("
            + seed.path("synapse.manifest").asText()
            + ")\n             -> "
            + seed.path("seqera.pipeline").asText()
            + " "
            + seed.path("seqera.revision").asText()
            + "\n             -> the same pipeline again, to rank what the first run measured"
            + "\n             -> \"results\" ("
            + seed.path("synapse.results").asText()
            + ")");
    out.println();
  }

  private String startTemporal() throws IOException, InterruptedException {
    Optional<Path> real = chaos ? stand.temporalCommand() : Optional.empty();
    if (real.isPresent()) {
      stand.startTemporal(real.get(), Stand.freePort(), Stand.freePort());
      return "a real dev server (" + real.get() + ")";
    }
    if (chaos) {
      out.println(
          "No temporal command on PATH or in .tools/: the worker is not killed in this\n"
              + "demo (deploy/install-temporal.sh builds one).");
    }
    stand.embedTemporal();
    return "embedded";
  }

  /** Starts as a user would, by the command itself; its progress goes to the terminal. */
  private JsonNode startAndWait(String kind, String request, PrintStream progress)
      throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    Surroundings around =
        around(request, new PrintStream(answer, true, StandardCharsets.UTF_8), progress);
    int code = Towpath.run(around, "start", kind, "-f", "-", "--wait", "-o", "json");
    if (code == 2 || code == 3 || answer.size() == 0) {
      throw new IllegalStateException(
          kind + " could not be started; see " + folder.resolve("worker.log"));
    }
    return JSON.readTree(answer.toByteArray());
  }

  private void command(PrintStream answer, String... words) {
    Towpath.run(around("", answer, answer), words);
  }

  private Surroundings around(String input, PrintStream answer, PrintStream progress) {
    return new Surroundings(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        answer,
        progress,
        stand.temporalEnv(),
        Integer.getInteger("towpath.columns", 0),
        Duration.ofSeconds(20),
        new Interruption());
  }

  private void tell(Control control, JsonNode first, JsonNode second, int effects, int again)
      throws IOException, InterruptedException {
    JsonNode report = first.path("report");
    Files.writeString(folder.resolve("report.json"), report.toPrettyString());
    int launched = control.committed("seqera", "POST /workflow/launch");
    JsonNode index = report.path("index");
    out.println();
    out.println("the same request again: " + second.path("outcome").asText());
    out.println("  done already; " + again + " calls that change anything");
    if (chaos) {
      out.println("chaos: " + control.struck() + " faults struck on the way");
    }
    out.println();
    out.println(
        "One request, one effect: "
            + launched
            + " runs launched, "
            + index.path("created").asInt()
            + " files indexed in "
            + index.path("folderCount").asInt()
            + " folders,\n"
            + (launched - report.path("runs").size())
            + " duplicates, "
            + effects
            + " changes in all.");
    out.println("The reads are three parts of one public run (ERR127302); the sheet calls them");
    out.println("samples for the demo.");
    out.println();
  }

  private void lookAround() {
    out.println("Look around:");
    out.println("  " + folder.resolve("report.json"));
    out.println("  " + folder.resolve("ids.json"));
    out.println("  " + folder.resolve("release.json"));
    out.println("  ./towpath demo --chaos");
    out.println("  ./towpath dev             stays up, with the Temporal UI");
    out.println("  docs/round-trip.md, docs/cavatica-drs.md, docs/release-deploy.md");
  }
}
