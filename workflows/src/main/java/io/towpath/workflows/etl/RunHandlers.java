package io.towpath.workflows.etl;

import io.towpath.workflows.progress.Operator;
import io.towpath.workflows.progress.Operator.Decision;
import io.towpath.workflows.progress.Operator.Word;
import io.towpath.workflows.progress.Resources;
import io.towpath.workflows.progress.StatusView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers queries, and passes on what operators say; what nothing waits for is refused. */
final class RunHandlers implements RunControls {
  private final EtlRun<?, ?> run;
  private final Operator operator;

  RunHandlers(EtlRun<?, ?> run, Operator operator) {
    this.run = run;
    this.operator = operator;
  }

  @Override
  public StatusView status() {
    return run.status();
  }

  @Override
  public Map<String, Object> spec() {
    return run.effect();
  }

  @Override
  public void pollNow() {
    run.wake();
  }

  @Override
  public void externalEvent(ExternalEvent event) {
    run.wake(Optional.ofNullable(event).map(ExternalEvent::id).orElse(""));
  }

  @Override
  public String approve(Approval approval) {
    operator.gates().approve(approval.gate(), approval.by(), approval.note());
    return approval.gate() + " is open";
  }

  @Override
  public void mayApprove(Approval approval) {
    requireText("by", approval.by());
    operator.gates().require(approval.gate(), approval.by());
  }

  @Override
  public String retry(Retry retry) {
    operator.decide(
        new Decision(Word.RETRY, "an operator asked for it", retry.resources()), retry.items());
    return "trying again";
  }

  @Override
  public void mayRetry(Retry retry) {
    operator.requireRetriable(retry.items());
    retry.resources().ifPresent(this::requireSized);
  }

  private void requireSized(Resources resources) {
    boolean sized = run.claimed().map(claimed -> claimed.spec().sized()).orElse(false);
    List<String> problems =
        sized ? resources.problems() : List.of("nothing that this run does has resources");
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
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
  public String pause(@Nullable String connection) {
    boolean fresh = operator.pauses().add(Optional.ofNullable(connection));
    return fresh ? "paused: no further stage begins" : "is paused already";
  }

  @Override
  public String resume(@Nullable String connection) {
    operator.pauses().end(Optional.ofNullable(connection));
    return operator.paused() ? "still paused by " + operator.pauses().words() : "goes on";
  }

  @Override
  public String amend(Amendment amendment) {
    run.claimed().ifPresent(claimed -> claimed.amend(amendment.maxParallel()));
    return "amended";
  }

  @Override
  public void mayAmend(Amendment amendment) {
    ClaimedRun<?> claimed =
        run.claimed()
            .orElseThrow(
                () -> new IllegalArgumentException("the run has not claimed its work yet"));
    int most = claimed.spec().mostAtOnce();
    if (amendment.maxParallel() < 1 || amendment.maxParallel() > most) {
      throw new IllegalArgumentException(
          "maxParallel is " + amendment.maxParallel() + ", not 1 to " + most);
    }
  }

  @Override
  public String detach() {
    operator.detach();
    return "a cancel now leaves platform runs alone";
  }

  @Override
  public void mayDetach() {
    operator.requireDetachable();
  }

  private static void requireText(String name, String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(name + " is empty");
    }
  }
}
