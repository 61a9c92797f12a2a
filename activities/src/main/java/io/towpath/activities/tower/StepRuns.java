package io.towpath.activities.tower;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.containers.ContainerRuns;
import io.towpath.activities.containers.ContainerState;
import io.towpath.activities.containers.ContainerState.End;
import io.towpath.activities.containers.ContainerState.Phase;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.workflows.containers.ContainerEnd.How;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.tower.LaunchRequest;
import io.towpath.workflows.tower.PipelineArguments;
import io.towpath.workflows.tower.ResolvedRun;
import io.towpath.workflows.tower.RunEvidence;
import io.towpath.workflows.tower.RunEvidence.FailedTask;
import io.towpath.workflows.tower.RunRef;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Runs of one pipeline that stand for containers, found by the name of their container. */
final class StepRuns implements ContainerRuns {
  /** A run may be unknown for a while after its launch, section 10 of the contract. */
  private static final Duration LAG = Duration.ofMinutes(1);

  private static final int MOST_LOG_PAGES = 64;

  private final TowerSite site;
  private final String connection;
  private final Supplier<ResolvedRun> target;
  private final List<String> profiles;

  /**
   * @param target what to launch; asked for at each launch, and remembered by the directory
   */
  StepRuns(TowerSite site, String connection, Supplier<ResolvedRun> target, List<String> profiles) {
    this.site = site;
    this.connection = connection;
    this.target = target;
    this.profiles = profiles;
  }

  private long workspace() {
    return site.directory().workspace().id();
  }

  private TowerRuns runs() {
    return site.runs(workspace());
  }

  @Override
  public List<ContainerState> find(String name) {
    return runs().named(name).stream().map(this::whole).toList();
  }

  /** Everything that a launch needs to know is known then. */
  @Override
  public void prepare(RunContainer request, Runnable alive) {
    launch(request);
  }

  @Override
  public Optional<RateBudget> quota() {
    return Optional.of(site.client().quota());
  }

  @Override
  public String submit(RunContainer request) {
    return new LaunchEffect(site, launch(request)).send().workflowId();
  }

  private LaunchRequest launch(RunContainer request) {
    ResolvedRun run = target.get();
    String before =
        run.launchId()
            .map(id -> RunRow.text(site.directory().launchById(workspace(), id), "configText"))
            .orElse("");
    return new LaunchRequest(
        connection,
        request.claim(),
        request.step(),
        request.key(),
        request.name(),
        run,
        new LaunchRequest.Options(
            PipelineArguments.params(request.spec().command()),
            profiles,
            Optional.of(StepConfig.text(request.spec(), before)),
            Optional.empty(),
            Optional.empty(),
            List.copyOf(request.spec().secrets().keySet())),
        Optional.empty(),
        false);
  }

  /** Those that go on, of which the list tells enough; whoever has ended is asked for alone. */
  @Override
  public Map<String, ContainerState> sweep(Set<String> ids) {
    Map<String, ContainerState> states = new HashMap<>();
    runs()
        .sweep(ids)
        .forEach(
            (id, row) -> {
              if (ids.contains(id) && !row.status().ended()) {
                states.put(id, state(row, ""));
              }
            });
    return states;
  }

  @Override
  public Optional<ContainerState> one(String id) {
    return runs().byId(id).map(this::whole);
  }

  private ContainerState whole(RunRow row) {
    return state(row, StepConfig.digest(RunRow.text(launchOf(row), "configText")));
  }

  /** What a run was launched with may be forbidden for a while after its launch, as the run is. */
  private JsonNode launchOf(RunRow row) {
    try {
      return site.client().runLaunch(workspace(), row.id());
    } catch (PlatformException e) {
      if (e.status() == 403 || e.status() == 404) {
        throw new PlatformException(
            FailureKind.PLATFORM_UNAVAILABLE,
            "Seqera lists run " + row.runName() + " and does not show its launch yet");
      }
      throw e;
    }
  }

  private ContainerState state(RunRow row, String digest) {
    Phase phase =
        switch (row.status()) {
          case SUBMITTED -> Phase.WAITING;
          case RUNNING, UNKNOWN -> Phase.RUNNING;
          case SUCCEEDED, FAILED, CANCELLED -> Phase.ENDED;
        };
    return new ContainerState(
        row.id(),
        digest,
        phase,
        row.status().name(),
        row.submit(),
        row.start(),
        phase == Phase.ENDED ? Optional.of(end(row)) : Optional.empty(),
        row.runName());
  }

  /** A head job that died before its run began says nothing of the program. */
  private End end(RunRow row) {
    RunEvidence evidence = evidence(row.id(), row.runName());
    Optional<Integer> code = row.start().flatMap(began -> exitCode(evidence));
    How how =
        switch (row.status()) {
          case SUCCEEDED -> How.SUCCEEDED;
          case CANCELLED -> How.STOPPED;
          default -> ContainerState.howBy(code);
        };
    Optional<Duration> ran =
        row.start().flatMap(from -> row.complete().map(to -> Duration.between(from, to)));
    return new End(how, code, evidence.errorMessage().orElse("") + " " + evidence.url(), ran);
  }

  /** That of the task that failed, which Nextflow hides behind one of its own. */
  private static Optional<Integer> exitCode(RunEvidence evidence) {
    return evidence.failedTasks().stream()
        .map(FailedTask::exit)
        .filter(exit -> exit.matches("\\d{1,3}"))
        .map(Integer::valueOf)
        .findFirst()
        .or(evidence::exitStatus);
  }

  private RunEvidence evidence(String id, String runName) {
    return new EvidenceReader(site, new RunRef(connection, workspace(), id, runName)).collect();
  }

  /** What Nextflow itself wrote, and the ends of what failed tasks did. */
  @Override
  public void logs(ContainerState ended, OutputStream log) {
    String next = "";
    for (int page = 0; page < MOST_LOG_PAGES; page++) {
      JsonNode answer = site.client().log(workspace(), ended.id(), next);
      answer.path("entries").forEach(line -> write(log, line.asText("")));
      String token = RunRow.text(answer, "forwardToken");
      if (token.isEmpty() || token.equals(next)) {
        break;
      }
      next = token;
    }
    if (ended.end().filter(end -> end.how() != How.SUCCEEDED).isPresent()) {
      for (FailedTask task : evidence(ended.id(), ended.log()).failedTasks()) {
        write(log, task.process() + " " + task.tag() + " exit " + task.exit());
        write(log, task.logTail());
      }
    }
  }

  private static void write(OutputStream log, String line) {
    try {
      log.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void cancel(ContainerState state, Duration grace) {
    site.client().cancel(workspace(), state.id());
  }

  @Override
  public Duration horizon() {
    return LaunchEffect.HORIZON;
  }

  @Override
  public Duration lag() {
    return LAG;
  }

  @Override
  public boolean namesCanDouble() {
    return true;
  }

  @Override
  public boolean endsOverdue() {
    return false;
  }
}
