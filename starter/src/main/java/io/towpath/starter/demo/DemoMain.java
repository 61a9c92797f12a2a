package io.towpath.starter.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.starter.Towpath;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** {@code towpath demo}: every ETL that exists, on real reads, with no account and no cluster. */
public final class DemoMain {
  private static final String NAME = "reads";
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
    boolean chaos = List.of(arguments).contains("--chaos");
    int at = List.of(arguments).indexOf("--seed-dir");
    Optional<Path> data =
        at >= 0 && at + 1 < arguments.length
            ? Optional.of(Path.of(arguments[at + 1]))
            : Optional.empty();
    Path folder = Path.of(System.getProperty("towpath.home", "."), "target", "demo").normalize();
    try (Stand stand = new Stand(folder)) {
      System.exit(new DemoMain(chaos, folder, stand).run(data));
    } catch (IllegalStateException e) {
      System.err.println("towpath demo: " + e.getMessage());
      System.exit(3);
    }
  }

  private int run(Optional<Path> data) throws IOException, InterruptedException {
    String temporal = startTemporal();
    stand.startSandbox(data);
    stand.startWorker();
    Control control = new Control(stand.setting("TOWPATH_SANDBOX_CONTROL"));
    JsonNode seed = control.seed();
    out.println(
        "Towpath 0.1.0   platforms: sandbox (Synapse, Seqera with Nextflow 24.10.0, S3 on this"
            + " machine)   Temporal: "
            + temporal);
    out.println();
    out.println(
        "round-trip   samplesheet.csv ("
            + seed.path("synapse.manifest").asText()
            + ") -> "
            + seed.path("seqera.pipeline").asText()
            + " "
            + seed.path("seqera.revision").asText()
            + ", then its RANK -> \"results\" ("
            + seed.path("synapse.results").asText()
            + ")");
    String request = request(seed);
    if (chaos) {
      injectFaults(control);
    }
    int before = control.committed();
    JsonNode first = startAndWait(request, chaos && !temporal.startsWith("embedded"));
    if (!first.path("report").path("outcome").asText().startsWith("SUCCEEDED")) {
      out.println(first.toPrettyString());
      return 1;
    }
    int after = control.committed();
    JsonNode second = startAndWait(request, false);
    tell(control, first, second, after - before, control.committed() - after);
    return second.path("outcome").asText().equals("NOOP") ? 0 : 1;
  }

  private String startTemporal() throws IOException, InterruptedException {
    Optional<Path> real = chaos ? stand.temporalCommand() : Optional.empty();
    if (real.isPresent()) {
      stand.startTemporal(real.get(), Stand.freePort(), Stand.freePort());
      return "a real dev server (" + real.get() + ")";
    }
    if (chaos) {
      out.println(
          "No temporal command on PATH or in .tools/: the worker is not killed in this demo"
              + " (deploy/install-temporal.sh builds one).");
    }
    stand.embedTemporal();
    return "embedded";
  }

  private String request(JsonNode seed) throws IOException {
    ObjectNode request = JSON.createObjectNode();
    request.putObject("manifest").put("synId", seed.path("synapse.manifest").asText());
    request.putObject("stage").put("to", "s3://" + seed.path("s3.bucket").asText() + "/etl/demo/");
    request.put("recipe", NAME);
    ArrayNode runs = request.putArray("runs");
    run(runs, NAME, seed);
    ObjectNode rank = run(runs, "rank", seed).put("entryName", "RANK");
    ObjectNode sheet = rank.putObject("inputs").putObject("input");
    sheet.put("from", "${runs." + NAME + ".outdir}/{sample}/*.profile.tsv");
    sheet.putObject("rename").put("uri", "profile");
    sheet.putArray("select").add("sample").add("profile");
    sheet.putObject("expect").put("rows", "=${runs." + NAME + ".samples}");
    request.putObject("index").put("parent", seed.path("synapse.results").asText());
    Files.writeString(folder.resolve("request.json"), request.toPrettyString());
    return request.toString();
  }

  private static ObjectNode run(ArrayNode runs, String name, JsonNode seed) {
    return runs.addObject()
        .put("name", name)
        .put("pipeline", seed.path("seqera.pipeline").asText())
        .put("revision", seed.path("seqera.revision").asText());
  }

  private static void injectFaults(Control control) throws IOException, InterruptedException {
    control.fault("seqera", "POST /workflow/launch", "{\"kind\":\"drop-after-commit\"}");
    control.fault(
        "synapse",
        "POST /entity/bundle2/create",
        "{\"kind\":\"status-after-commit\",\"code\":503,\"body\":\"\"}");
    control.fault("synapse", "POST /activity", "{\"kind\":\"drop-before-commit\"}");
    control.fault("s3", "PUT object", "{\"kind\":\"drop-after-commit\"}");
    control.fault(
        "synapse",
        "POST /fileHandle/batch",
        "{\"kind\":\"status\",\"code\":502,\"body\":\"<html>\"}");
  }

  /** Starts as a user would, by the command itself; its progress goes to the terminal. */
  private JsonNode startAndWait(String request, boolean killWorker)
      throws IOException, InterruptedException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    Map<String, String> env = new TreeMap<>(System.getenv());
    env.put("TEMPORAL_ADDRESS", stand.setting("TEMPORAL_ADDRESS"));
    Surroundings around =
        new Surroundings(
            new ByteArrayInputStream(request.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(answer, true, StandardCharsets.UTF_8),
            out,
            env,
            Integer.getInteger("towpath.columns", 0),
            Duration.ofSeconds(20),
            new Interruption());
    Thread killer = new Thread(this::killWorkerSoon, "chaos");
    killer.setDaemon(true);
    if (killWorker) {
      killer.start();
    }
    int code = Towpath.run(around, "start", "round-trip", "-f", "-", "--wait", "-o", "json");
    if (code == 2 || code == 3 || answer.size() == 0) {
      throw new IllegalStateException(
          "the round trip could not be started; see " + folder.resolve("worker.log"));
    }
    return JSON.readTree(answer.toByteArray());
  }

  private void killWorkerSoon() {
    try {
      TimeUnit.SECONDS.sleep(6);
      out.println("  chaos     the worker is killed (SIGKILL) and another one started");
      stand.replaceWorker();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(Control control, JsonNode first, JsonNode second, int effects, int again)
      throws IOException, InterruptedException {
    JsonNode report = first.path("report");
    Files.writeString(folder.resolve("report.json"), report.toPrettyString());
    int launched = control.committed("seqera", "POST /workflow/launch");
    JsonNode index = report.path("index");
    out.println();
    out.println(
        "the same request again            "
            + second.path("outcome").asText()
            + ": done already, "
            + again
            + " calls that change anything");
    if (chaos) {
      out.println(
          "chaos                             " + control.struck() + " faults struck on the way");
    }
    out.println();
    out.println(
        "One request, one effect: "
            + launched
            + " runs launched, "
            + index.path("created").asInt()
            + " files indexed in "
            + index.path("folderCount").asInt()
            + " folders, "
            + report.path("doublesCancelled").asInt()
            + " duplicates, "
            + effects
            + " changes in all.");
    out.println(
        "The reads are three parts of one public run (ERR127302); the sheet calls them samples for"
            + " the demo.");
    out.println(
        "Look around:  "
            + folder.resolve("report.json")
            + "      ./towpath demo --chaos      ./towpath dev (stays up, with the Temporal UI)    "
            + "  docs/round-trip.md");
  }
}
