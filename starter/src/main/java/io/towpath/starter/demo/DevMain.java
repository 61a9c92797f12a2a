package io.towpath.starter.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** {@code towpath dev}: a real Temporal dev server, sandbox and worker, until Ctrl-C. */
public final class DevMain {
  private DevMain() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(System.getProperty("towpath.home", "."), "target", "dev").normalize();
    Stand stand = new Stand(folder);
    Optional<Path> temporal = stand.temporalCommand();
    if (temporal.isEmpty()) {
      System.err.println(
          "towpath dev: there is no temporal command on PATH or in .tools/; build one with"
              + " deploy/install-temporal.sh, or install Temporal's CLI");
      System.exit(3);
    }
    int port = option(arguments, "--port");
    int uiPort = option(arguments, "--ui-port");
    try {
      stand.startTemporal(temporal.orElseThrow(), port, uiPort);
      stand.startSandbox(Optional.empty());
      stand.startWorker();
    } catch (IllegalStateException e) {
      System.err.println("towpath dev: " + e.getMessage());
      stand.close();
      System.exit(3);
    }
    System.out.println(
        "Temporal   127.0.0.1:" + port + "   (export TEMPORAL_ADDRESS=127.0.0.1:" + port + ")");
    System.out.println("UI         http://127.0.0.1:" + uiPort);
    System.out.println(
        "sandbox    "
            + folder.resolve("sandbox.env")
            + "   control port "
            + stand.setting("TOWPATH_SANDBOX_CONTROL"));
    System.out.println(
        "Try: ./towpath template round-trip > request.yaml; Ctrl-C ends everything.");
    new CountDownLatch(1).await();
  }

  private static int option(String[] arguments, String name) throws java.io.IOException {
    int at = List.of(arguments).indexOf(name);
    if (at < 0 || at + 1 >= arguments.length) {
      return Stand.freePort();
    }
    try {
      return Integer.parseInt(arguments[at + 1]);
    } catch (NumberFormatException e) {
      throw new IllegalStateException(name + " takes a port number, not " + arguments[at + 1], e);
    }
  }
}
