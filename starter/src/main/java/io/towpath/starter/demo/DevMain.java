package io.towpath.starter.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.starter.screen.Wrapping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code towpath dev}: a real Temporal dev server, sandbox and worker, until Ctrl-C. */
public final class DevMain {
  private final Path folder;
  private final Stand stand;
  private final int port;
  private final int uiPort;

  private DevMain(Path folder, Stand stand, int port, int uiPort) {
    this.folder = folder;
    this.stand = stand;
    this.port = port;
    this.uiPort = uiPort;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("towpath.home", "."));
    Path folder = home.resolve("target").resolve("dev").normalize();
    try {
      DemoOptions options = DemoOptions.read(arguments, List.of(), List.of("--port", "--ui-port"));
      int port = options.port("--port").orElse(Stand.freePort());
      int uiPort = options.port("--ui-port").orElse(Stand.freePort());
      try (Stand stand = new Stand(folder)) {
        return new DevMain(folder, stand, port, uiPort).serve();
      }
    } catch (DemoOptions.Unusable e) {
      System.err.println("towpath dev: " + e.getMessage() + "\nSee: ./towpath dev --help");
      return 2;
    } catch (IllegalStateException e) {
      System.err.println(Wrapping.paragraphs("towpath dev: " + e.getMessage()));
      return 3;
    }
  }

  /** Serves until a signal ends this process, or one of the parts ends by itself. */
  private int serve() throws IOException, InterruptedException {
    Optional<Path> temporal = stand.temporalCommand();
    if (temporal.isEmpty()) {
      throw new IllegalStateException(
          "there is no temporal command on PATH or in .tools/; build one with"
              + " deploy/install-temporal.sh, or install Temporal's CLI");
    }
    System.err.println("starting Temporal, sandbox and worker …");
    stand.startTemporal(temporal.orElseThrow(), port, uiPort);
    stand.startSandbox(Optional.empty());
    stand.startWorker();
    JsonNode seed = new Control(stand.setting("TOWPATH_SANDBOX_CONTROL")).seed();
    tell(seed, DemoRequest.write(folder, seed, "dev", "reads"));
    Optional<String> ended = stand.awaitAnyEnd();
    if (ended.isPresent()) {
      throw new IllegalStateException(ended.get());
    }
    return 0;
  }

  private void tell(JsonNode seed, Path request) {
    System.out.println("Temporal   127.0.0.1:" + port);
    System.out.println("UI         http://127.0.0.1:" + uiPort);
    System.out.println(
        "sandbox    " + stand.setting("TOWPATH_SANDBOX_CONTROL") + " (control port)");
    System.out.println("settings   " + folder.resolve("sandbox.env"));
    System.out.println("logs       " + folder);
    System.out.println();
    System.out.println("The seed:");
    for (Map.Entry<String, JsonNode> seeded : seed.properties()) {
      System.out.printf("  %-24s %s%n", seeded.getKey(), seeded.getValue().asText());
    }
    System.out.println();
    System.out.println("In another terminal, to copy:");
    System.out.println("  export TEMPORAL_ADDRESS=127.0.0.1:" + port);
    System.out.println("  " + stand.launcher() + " start round-trip --wait \\\n    -f " + request);
    System.out.println();
    System.out.println("Ctrl-C ends everything.");
  }
}
