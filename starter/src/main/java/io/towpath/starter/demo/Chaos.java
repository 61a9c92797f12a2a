package io.towpath.starter.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** What goes wrong in {@code demo --chaos}: five calls, and the worker. */
final class Chaos {
  private static final String LAUNCHED = " submitted";

  /**
   * Between two polls, which are a second apart: what dies during one is missed by Temporal only
   * when the attempt's time is over, after three minutes.
   */
  private static final int AFTER_ANSWER_MILLIS = 250;

  private final PrintStream out;
  private final Stand stand;
  private final Control control;

  Chaos(PrintStream out, Stand stand, Control control) {
    this.out = out;
    this.stand = stand;
    this.control = control;
  }

  /** Sets the faults: answers lost before and after the change, and errors in both cases. */
  void injectFaults() throws IOException, InterruptedException {
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

  /** Kills the worker once the progress that is printed here says that the run was submitted. */
  PrintStream killingWorker() {
    return Noticing.on(out, LAUNCHED, this::killWorker);
  }

  private void killWorker() {
    try {
      awaitAnswer();
      awaitAnswer();
      TimeUnit.MILLISECONDS.sleep(AFTER_ANSWER_MILLIS);
      stand.killWorker();
      out.println("  chaos: the worker is killed (SIGKILL), another one is started");
      stand.startWorker();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      out.println("  chaos: no other worker could be started: " + e.getMessage());
      stand.close();
      System.exit(1);
    } catch (IOException e) {
      out.println("  chaos: the worker lives on, the control port is gone: " + e.getMessage());
    }
  }

  /** Waits for the next call that Seqera's stand-in answers: while the run goes on, a poll. */
  private void awaitAnswer() throws IOException, InterruptedException {
    int before = control.answered("seqera");
    for (int i = 0; i < 200 && control.answered("seqera") == before; i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
