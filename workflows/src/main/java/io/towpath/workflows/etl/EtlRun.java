package io.towpath.workflows.etl;

import static io.towpath.workflows.progress.Operator.kindOf;
import static io.towpath.workflows.progress.Operator.reason;
import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.RunSettings;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.ledger.ClaimDecision;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.progress.Operator;
import io.towpath.workflows.progress.Stages;
import io.towpath.workflows.progress.StatusView;
import io.towpath.workflows.request.Reading;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One run of any ETL: resolve, ledger, preflight, claim; then the work; then the report, however
 * the work ended.
 */
public final class EtlRun<R, S extends EtlSpec> {
  private final Etl<R, S> etl;
  private final Function<Map<String, Object>, RunSettings> settings;
  private final Stages stages = new Stages(List.of("check"));
  private final Operator operator = new Operator(stages);
  private Optional<S> spec = Optional.empty();
  private Optional<ClaimedRun<S>> claimed = Optional.empty();
  private Optional<EtlWork> work = Optional.empty();
  private Optional<String> outcome = Optional.empty();
  private List<String> connections = List.of();
  private boolean decided;

  private EtlRun(Etl<R, S> etl, Function<Map<String, Object>, RunSettings> settings) {
    this.etl = etl;
    this.settings = settings;
  }

  /**
   * Makes the run and registers its {@link RunControls}; for the constructor of a workflow, so that
   * no signal, update or query comes too early.
   *
   * @param settings what the worker's settings mean for a request; read once, then kept in history
   */
  public static <R, S extends EtlSpec> EtlRun<R, S> of(
      Etl<R, S> etl, Function<Map<String, Object>, RunSettings> settings) {
    EtlRun<R, S> run = new EtlRun<>(etl, settings);
    Workflow.registerListener(new RunHandlers(run, run.operator));
    return run;
  }

  /** Does the work, or answers with the report of whoever did it. */
  public Map<String, Object> execute(Map<String, Object> json) {
    RunSettings known = Workflow.sideEffect(RunSettings.class, () -> settings.apply(json));
    R request = read(json, known);
    connections = etl.connections(request);
    etl.stages(request).forEach(stages::expect);
    stages.expect("report");
    stages.begin("check", "resolving the request");
    if (known.searchAttributes()) {
      stages.searchable(etl.type(), etl.control(request).dataset());
    }
    S resolved = resolve(request);
    spec = Optional.of(resolved);
    if (!resolved.businessKey().equals(Workflow.getInfo().getWorkflowId())) {
      decided = true;
      return new ForeignRun(etl.type(), resolved, stages).attach(resolved.pinned(json));
    }
    return own(resolved, known);
  }

  private R read(Map<String, Object> json, RunSettings known) {
    Reading reading = new Reading(known.exposed());
    R request = reading.read(json, etl::read);
    Problems.refuse(reading.problems());
    return request;
  }

  private S resolve(R request) {
    Resolution<S> resolution = etl.resolve(request);
    Problems.refuse(resolution.problems());
    return resolution.spec().orElseThrow();
  }

  private Map<String, Object> own(S resolved, RunSettings known) {
    LedgerActivities ledger =
        stub(LedgerActivities.class, ActivityPolicy.submit(TaskQueues.S3, "ledger"));
    ClaimDecision before = ledger.read(Claiming.request(resolved));
    Optional<Map<String, Object>> done = Claiming.doneOrConflict(before);
    if (done.isPresent()) {
      return noop(done.get());
    }
    Preflight seen = etl.inspect(resolved);
    Problems.refuse(seen.problems());
    ClaimDecision now = ledger.claim(Claiming.request(resolved));
    done = Claiming.doneOrConflict(now);
    if (done.isPresent()) {
      return noop(done.get());
    }
    stages.done("check", seen.summary());
    ClaimedRun<S> mine =
        new ClaimedRun<>(resolved, now.claim().orElseThrow(), known, stages, operator);
    EtlWork todo = etl.work(mine, seen);
    claimed = Optional.of(mine);
    work = Optional.of(todo);
    decided = true;
    return perform(mine, todo, now.previousGeneration());
  }

  private Map<String, Object> perform(
      ClaimedRun<S> run, EtlWork todo, Optional<Integer> previousGeneration) {
    try {
      CancellationScope.throwCanceled();
      previousGeneration.ifPresent(todo::stopEarlier);
      Ending ending = todo.execute();
      return ending.well() ? succeeded(run, todo, ending) : failed(run, todo, ending);
    } catch (TemporalFailure failure) {
      if (outcome.isPresent()) {
        throw failure;
      }
      if (CancellationScope.current().isCancelRequested()) {
        cancelled(run, todo);
        throw failure;
      }
      FailureKind kind = kindOf(failure);
      if (kind == FailureKind.CLAIM_LOST) {
        throw ended(FailureKind.CONFLICT, lost(run.claim()));
      }
      return failed(run, todo, Ending.failed(kind, reason(failure)));
    }
  }

  private Map<String, Object> succeeded(ClaimedRun<S> run, EtlWork todo, Ending ending) {
    tell(run, ending, "");
    Map<String, Object> report = new RunReport(etl.type(), run).write(todo, ending);
    finish(todo, ending);
    return report;
  }

  /** The report is written first, then the run closes FAILED with the kind as its type. */
  private Map<String, Object> failed(ClaimedRun<S> run, EtlWork todo, Ending ending) {
    stages.end("failed", ending.why());
    todo.cleanUp(operator.detached());
    tell(run, ending, ending.why());
    new RunReport(etl.type(), run).write(todo, ending);
    finish(todo, ending);
    throw ended(ending.kind().orElseThrow(), ending.why() + "; " + todo.leftBehind());
  }

  private void cancelled(ClaimedRun<S> run, EtlWork todo) {
    Workflow.newDetachedCancellationScope(
            () -> {
              Ending ending = Ending.cancelled();
              stages.end("cancelled", "cancelled");
              run.notices().giveUp();
              todo.cleanUp(operator.detached());
              Map<String, Object> recorded = new RunReport(etl.type(), run).write(todo, ending);
              Workflow.upsertMemo(
                  Map.of("towpath.outcome", recorded.getOrDefault("outcome", ending.outcome())));
              finish(todo, ending);
            })
        .run();
  }

  private void tell(ClaimedRun<S> run, Ending ending, String why) {
    String key = run.claim().businessKey();
    run.notices()
        .tell(
            ending.outcome().toLowerCase(Locale.ROOT),
            key + " " + ending.outcome(),
            (why.isEmpty() ? "" : why + "\n") + "towpath report " + key);
  }

  private void finish(EtlWork todo, Ending ending) {
    outcome = Optional.of(ending.outcome());
    stages.outcome(ending.outcome(), ending.well() ? 0 : 1, todo.externalIds());
    Workflow.await(Workflow::isEveryHandlerFinished);
  }

  private Map<String, Object> noop(Map<String, Object> first) {
    decided = true;
    outcome = Optional.of("NOOP");
    stages.done("check", "done already, as the ledger shows; nothing to do");
    stages.end("skipped", "");
    stages.outcome("NOOP", 0, List.of());
    Map<String, Object> report = new TreeMap<>(first);
    report.put("outcome", "NOOP");
    return report;
  }

  private static String lost(Claim claim) {
    return "another run took over " + claim.businessKey() + "; this one stopped";
  }

  private static ApplicationFailure ended(FailureKind kind, String why) {
    return ApplicationFailure.newNonRetryableFailure(why, kind.name());
  }

  StatusView status() {
    String self = Workflow.getInfo().getWorkflowId();
    return new StatusView(
        etl.type(),
        self,
        spec.map(EtlSpec::businessKey).orElse(self),
        spec.map(known -> known.digest().value()),
        claimed.map(run -> run.claim().generation()).orElse(0),
        decided,
        stages.current(),
        stages.views(),
        stages.attention().map(reason -> StatusView.NEEDS_ATTENTION),
        stages.attention(),
        outcome,
        operator.paused(),
        stages.counts(),
        connections);
  }

  Optional<ClaimedRun<S>> claimed() {
    return claimed;
  }

  Map<String, Object> effect() {
    return spec.map(EtlSpec::effect).orElseGet(Map::of);
  }

  void wake() {
    work.ifPresent(EtlWork::wake);
  }

  void wake(String externalId) {
    work.ifPresent(one -> one.wake(externalId));
  }
}
