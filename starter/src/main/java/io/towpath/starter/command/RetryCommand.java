package io.towpath.starter.command;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.exit.Stop;
import io.towpath.starter.json.Json;
import io.towpath.starter.kind.Kind;
import io.towpath.starter.kind.Kinds;
import io.towpath.starter.temporal.RunEnd;
import io.towpath.starter.temporal.Runs;
import io.towpath.starter.temporal.SeenRun;
import io.towpath.starter.temporal.TemporalConnection;
import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.etl.RunControls.Retry;
import io.towpath.workflows.ledger.Rerun;
import io.towpath.workflows.plan.Plan;
import io.towpath.workflows.progress.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes on where a run waits for a decision; a closed run is started again. */
@Command(
    name = "retry",
    description = "Goes on where a run waits for a decision; a closed one is started again.",
    footer = {
      "",
      "Example: towpath retry round-trip/syn51514475.3/rnaseq",
      "         towpath retry release-deploy/agora/preprod/2026.07 \\",
      "           process/rna --memory-gb 64"
    })
public final class RetryCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Mixin private Telling run;

  @Parameters(index = "1..*", paramLabel = "ITEM", description = "What; all that waits if none.")
  private List<String> items = new ArrayList<>();

  @Option(
      names = "--memory-gb",
      paramLabel = "N",
      description = "What a release's items get from now on, in GiB.")
  private Optional<Integer> memoryGb = Optional.empty();

  @Option(names = "--cpus", paramLabel = "N", description = "Processors that they get from now on.")
  private Optional<Double> cpus = Optional.empty();

  public RetryCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Optional<Map<String, Object>> closed;
    Optional<SeenRun> seen;
    try (TemporalConnection connection = TemporalConnection.open(around.env())) {
      Runs runs = new Runs(connection);
      seen = runs.find(run.id());
      closed = seen.filter(r -> !r.running()).flatMap(runs::request);
    }
    if (seen.filter(SeenRun::running).isPresent()) {
      return run.tell(around, "retry", new Retry(items, resources()));
    }
    Map<String, Object> request = closed.orElseThrow(() -> forgotten(run.id()));
    return startAgain(
        Kinds.named(run.id().split("/", 2)[0]),
        resources().map(given -> Resized.of(request, items, given)).orElse(request));
  }

  private Optional<Resources> resources() {
    Resources given = new Resources(cpus, memoryGb);
    if (cpus.isEmpty() && memoryGb.isEmpty()) {
      return Optional.empty();
    }
    if (!given.problems().isEmpty()) {
      throw Stop.badInput(String.join("; ", given.problems()));
    }
    return Optional.of(given);
  }

  private int startAgain(Kind kind, Map<String, Object> request) {
    Map<String, Object> again = rerun(kind, request);
    around
        .progress()
        .line(run.id() + " is closed: this is a start of its request with --rerun ifFailed");
    Plan plan = new Planning(around).plan(kind, "the request of " + run.id(), again);
    try (TemporalConnection connection = TemporalConnection.open(around.env())) {
      Map<String, Object> pinned = rerun(kind, plan.request());
      StartAnswer started = new Launching(around, connection).launch(plan, pinned, false);
      around.answers().line(inJson() ? Json.document(started.asJson()) : StartScreen.text(started));
      return started.end().map(RunEnd::exitCode).orElse(ExitCode.DONE);
    }
  }

  /** A scan has no rerun: every start of it looks anew. */
  private static Map<String, Object> rerun(Kind kind, Map<String, Object> request) {
    Map<String, Object> again = new LinkedHashMap<>(request);
    if (kind.takes("rerun")) {
      again.put("rerun", Rerun.IF_FAILED.word());
    }
    return again;
  }

  private static Stop forgotten(String id) {
    return Stop.wrongState(
        "Temporal has forgotten the request of "
            + id
            + "; give it again: towpath start "
            + id.split("/", 2)[0]
            + " -f FILE --rerun ifFailed");
  }

  @Override
  public boolean inJson() {
    return run.inJson();
  }
}
