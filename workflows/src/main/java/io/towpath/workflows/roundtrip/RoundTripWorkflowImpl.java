package io.towpath.workflows.roundtrip;

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
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.progress.Operator;
import io.towpath.workflows.progress.Operator.Word;
import io.towpath.workflows.progress.Stages;
import io.towpath.workflows.progress.StatusView;
import io.towpath.workflows.progress.Words;
import io.towpath.workflows.request.Reading;
import io.towpath.workflows.synapse.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Resolve, ledger, preflight, claim; then the work; then the report, however the work ended. */
public final class RoundTripWorkflowImpl implements RoundTripWorkflow {
  private final Supplier<RunSettings> settings;
  private final Stages stages = new Stages(List.of("check", "stage"));
  private final Operator operator = new Operator(stages);
  private Optional<RoundTripSpec> spec = Optional.empty();
  private Optional<RoundTripRun> run = Optional.empty();
  private Optional<RoundTripWork> work = Optional.empty();
  private Optional<String> outcome = Optional.empty();
  private boolean decided;

  /**
   * Made by the worker for each run.
   *
   * @param settings what the worker's settings mean; read once, then kept in history
   */
  public RoundTripWorkflowImpl(Supplier<RunSettings> settings) {
    this.settings = settings;
  }

  @Override
  public Map<String, Object> run(Map<String, Object> json) {
    RunSettings known = Workflow.sideEffect(RunSettings.class, settings::get);
    RoundTripRequest request = read(json);
    for (int i = 0; i < request.runs().size(); i++) {
      stages.expect(RoundTripWork.stageName(request, i));
    }
    stages.expect("index");
    stages.expect("report");
    stages.begin("check", "resolving the request");
    if (known.searchAttributes()) {
      stages.searchable(TYPE, request.control().dataset());
    }
    RoundTripResolver resolver = new RoundTripResolver(ActivityPolicy.DEADLINE);
    RoundTripSpec resolved = resolve(resolver, request);
    spec = Optional.of(resolved);
    if (!resolved.businessKey().equals(Workflow.getInfo().getWorkflowId())) {
      decided = true;
      return new ForeignRun(resolved, stages)
          .attach(RoundTripSpec.pinned(json, resolved.manifest()));
    }
    return own(resolver, resolved, known);
  }

  private static RoundTripRequest read(Map<String, Object> json) {
    Reading reading = new Reading();
    RoundTripRequest request = reading.read(json, RoundTripRequest::read);
    refuse(reading.problems());
    return request;
  }

  private RoundTripSpec resolve(RoundTripResolver resolver, RoundTripRequest request) {
    RoundTripResolver.Resolution resolution = resolver.resolve(request);
    refuse(resolution.problems());
    return resolution.spec().orElseThrow();
  }

  private Map<String, Object> own(
      RoundTripResolver resolver, RoundTripSpec resolved, RunSettings known) {
    LedgerActivities ledger =
        stub(LedgerActivities.class, ActivityPolicy.submit(TaskQueues.S3, "ledger"));
    ClaimDecision before = ledger.read(RoundTripResolver.claimRequest(resolved));
    Optional<Map<String, Object>> done = doneOrConflict(before);
    if (done.isPresent()) {
      return noop(done.get());
    }
    Inspection seen = resolver.inspect(resolved);
    refuse(seen.problems());
    ClaimDecision now = ledger.claim(RoundTripResolver.claimRequest(resolved));
    done = doneOrConflict(now);
    if (done.isPresent()) {
      return noop(done.get());
    }
    Claim claim = now.claim().orElseThrow();
    stages.done(
        "check",
        seen.rows()
            + " rows, "
            + seen.files()
            + " files, "
            + Words.bytes(seen.bytes())
            + ", all readable");
    RoundTripRun claimed = new RoundTripRun(resolved, claim, known, stages, operator);
    RoundTripWork todo = new RoundTripWork(claimed, seen.warnings(), resolver.earlier());
    run = Optional.of(claimed);
    work = Optional.of(todo);
    decided = true;
    return perform(todo, claim, now.previousGeneration());
  }

  private Map<String, Object> perform(
      RoundTripWork todo, Claim claim, Optional<Integer> previousGeneration) {
    try {
      CancellationScope.throwCanceled();
      previousGeneration.ifPresent(todo::stopEarlier);
      if (todo.execute()) {
        return succeed(todo);
      }
      RunStep failed = todo.firstFailed().orElseThrow();
      FailureKind kind = todo.indexedSomething() ? FailureKind.PARTIAL : failed.kind();
      return failed(todo, kind, failed.why());
    } catch (TemporalFailure failure) {
      if (outcome.isPresent()) {
        throw failure;
      }
      if (CancellationScope.current().isCancelRequested()) {
        cancelled(todo);
        throw failure;
      }
      FailureKind kind = kindOf(failure);
      if (kind == FailureKind.CLAIM_LOST) {
        throw ended(
            FailureKind.CONFLICT,
            "another run took over " + claim.businessKey() + "; this one stopped");
      }
      return failed(todo, kind, reason(failure));
    }
  }

  private Map<String, Object> succeed(RoundTripWork todo) {
    String word = todo.hasWarnings() ? "SUCCEEDED_WITH_WARNINGS" : "SUCCEEDED";
    Map<String, Object> report = todo.report(word, Optional.empty(), "");
    finish(todo, word);
    return report;
  }

  /** The report is written first, then the run closes FAILED with the kind as its type. */
  private Map<String, Object> failed(RoundTripWork todo, FailureKind kind, String why) {
    stages.end("failed", why);
    todo.cleanUp(operator.detached());
    String word = kind == FailureKind.PARTIAL ? "PARTIAL" : "FAILED";
    todo.report(word, Optional.of(kind.name()), why);
    finish(todo, word);
    throw ended(
        kind,
        why
            + (todo.indexedSomething()
                ? "; of the other runs the outputs were indexed"
                : "; nothing of it was indexed"));
  }

  private void cancelled(RoundTripWork todo) {
    Workflow.newDetachedCancellationScope(
            () -> {
              stages.end("cancelled", "cancelled");
              todo.cleanUp(operator.detached());
              todo.report("CANCELLED", Optional.empty(), "");
              RoundTripWork.remember("CANCELLED");
              finish(todo, "CANCELLED");
            })
        .run();
  }

  private void finish(RoundTripWork todo, String word) {
    outcome = Optional.of(word);
    stages.outcome(word, word.startsWith("SUCCEEDED") ? 0 : 1, todo.externalIds());
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

  private static Optional<Map<String, Object>> doneOrConflict(ClaimDecision decision) {
    if (decision.verdict() == ClaimDecision.Verdict.CONFLICT) {
      throw ApplicationFailure.newNonRetryableFailure(
          decision.reason(), FailureKind.CONFLICT.name(), decision.differences());
    }
    return decision.verdict() == ClaimDecision.Verdict.DONE
        ? Optional.of(decision.firstReport().orElseGet(Map::of))
        : Optional.empty();
  }

  private static void refuse(List<Problem> problems) {
    if (problems.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder(problems.size() + " problems; nothing was started");
    for (Problem problem : problems.subList(0, Math.min(20, problems.size()))) {
      text.append("\n").append(problem.place()).append(": ").append(problem.text());
    }
    throw ApplicationFailure.newNonRetryableFailure(
        text.toString(), FailureKind.INPUT_REJECTED.name(), new ArrayList<>(problems));
  }

  private static ApplicationFailure ended(FailureKind kind, String why) {
    return ApplicationFailure.newNonRetryableFailure(why, kind.name());
  }

  @Override
  public StatusView status() {
    return new StatusView(
        TYPE,
        Workflow.getInfo().getWorkflowId(),
        spec.map(RoundTripSpec::businessKey).orElse(Workflow.getInfo().getWorkflowId()),
        spec.map(known -> known.digest().value()),
        run.map(claimed -> claimed.claim().generation()).orElse(0),
        decided,
        stages.current(),
        stages.views(),
        stages.attention().map(reason -> StatusView.NEEDS_ATTENTION),
        stages.attention(),
        outcome,
        operator.paused(),
        stages.counts());
  }

  @Override
  public Map<String, Object> spec() {
    return spec.map(RoundTripSpec::effect).orElseGet(Map::of);
  }

  @Override
  public void pollNow() {
    work.ifPresent(RoundTripWork::wake);
  }

  @Override
  public void externalEvent(ExternalEvent event) {
    pollNow();
  }

  @Override
  public String approve(Approval approval) {
    return "approved";
  }

  @Override
  public void mayApprove(Approval approval) {
    throw new IllegalArgumentException("a round trip has no gates");
  }

  @Override
  public String retry(Retry retry) {
    operator.decide(Word.RETRY, "an operator asked for it", retry.items());
    return "trying again";
  }

  @Override
  public void mayRetry(Retry retry) {
    operator.requireWaiting(retry.items());
  }

  @Override
  public String skip(Skip skip) {
    operator.decide(Word.SKIP, skip.reason(), skip.items());
    return "skipped";
  }

  @Override
  public void maySkip(Skip skip) {
    operator.requireWaiting(skip.items());
    requireText("reason", skip.reason());
  }

  @Override
  public String adopt(Adoption adoption) {
    operator.decide(Word.ADOPT, adoption.externalId(), adoption.steps());
    return "adopted";
  }

  @Override
  public void mayAdopt(Adoption adoption) {
    operator.requireOneWaiting(adoption.steps());
    requireText("externalId", adoption.externalId());
  }

  @Override
  public String fail(Refusal refusal) {
    operator.decide(Word.FAIL, refusal.reason(), List.of());
    return "failing";
  }

  @Override
  public void mayFail(Refusal refusal) {
    operator.requireWaiting(List.of());
    requireText("reason", refusal.reason());
  }

  @Override
  public String pause() {
    operator.pause(true);
    return "paused: no further stage begins";
  }

  @Override
  public String resume() {
    operator.pause(false);
    return "goes on";
  }

  @Override
  public String amend(Amendment amendment) {
    run.ifPresent(claimed -> claimed.amend(amendment.maxParallel()));
    return "amended";
  }

  @Override
  public void mayAmend(Amendment amendment) {
    if (amendment.maxParallel() < 1 || amendment.maxParallel() > 64) {
      throw new IllegalArgumentException(
          "maxParallel is " + amendment.maxParallel() + ", not 1 to 64");
    }
    if (run.isEmpty()) {
      throw new IllegalArgumentException("the run has not claimed its work yet");
    }
  }

  @Override
  public String detach() {
    operator.detach();
    return "a cancel now leaves platform runs alone";
  }

  private static void requireText(String name, String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(name + " is empty");
    }
  }
}
