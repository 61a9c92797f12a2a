package io.towpath.starter;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.etl.RunControls;
import io.towpath.workflows.model.SpecDigest;
import io.towpath.workflows.progress.StageView;
import io.towpath.workflows.progress.StatusView;
import io.towpath.workflows.roundtrip.RoundTripWorkflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Behaves as the request's {@code dataset} says, with no platform anywhere. */
public final class FakeRoundTrip implements RoundTripWorkflow, RunControls {
  private final List<String> told = new ArrayList<>();
  private Optional<String> digest = Optional.empty();
  private Optional<String> outcome = Optional.empty();
  private int generation;
  private boolean decided;
  private boolean released;
  private boolean paused;

  /** What {@link #run} answers for a request that succeeds. */
  static Map<String, Object> report(String outcome) {
    Map<String, Object> report = new TreeMap<>();
    report.put("outcome", outcome);
    report.put("staged", new TreeMap<>(Map.of("count", 6, "bytes", 829_000)));
    return report;
  }

  static SpecDigest digestOf(Map<String, Object> request) {
    return SpecDigest.of(Map.of("runs", request.get("runs")));
  }

  @Override
  public Map<String, Object> run(Map<String, Object> request) {
    String does = String.valueOf(request.get("dataset"));
    digest = Optional.of(digestOf(request).value());
    if (does.equals("refused at claim")) {
      decided = true;
      throw failure("CONFLICT", "held in another namespace");
    }
    generation = 1;
    decided = true;
    if (does.equals("waits")) {
      Workflow.await(() -> released || CancellationScope.current().isCancelRequested());
    }
    if (does.equals("fails")) {
      outcome = Optional.of("FAILED");
      throw failure("RUN_FAILED", "9 of 120 tasks failed");
    }
    outcome = Optional.of("SUCCEEDED");
    return report("SUCCEEDED");
  }

  private static ApplicationFailure failure(String kind, String text) {
    return ApplicationFailure.newNonRetryableFailure(text, kind);
  }

  @Override
  public StatusView status() {
    return new StatusView(
        TYPE,
        Workflow.getInfo().getWorkflowId(),
        Workflow.getInfo().getWorkflowId(),
        digest,
        generation,
        decided,
        "run",
        List.of(
            new StageView(
                "check",
                "done",
                "3 samples",
                Optional.empty(),
                Optional.empty(),
                Optional.empty())),
        told.contains("attention") ? Optional.of("NEEDS_ATTENTION") : Optional.empty(),
        Optional.empty(),
        outcome,
        paused,
        Map.of("files.staged", 6L),
        List.of("synapse/default", "seqera/default"));
  }

  @Override
  public Map<String, Object> spec() {
    return new TreeMap<>(Map.of("pipeline", "recorded"));
  }

  @Override
  public void pollNow() {
    released = true;
  }

  @Override
  public void externalEvent(ExternalEvent event) {
    pollNow();
  }

  @Override
  public String approve(Approval approval) {
    return approval.gate() + " opened by " + approval.by() + ": " + approval.note();
  }

  @Override
  public void mayApprove(Approval approval) {
    if (approval.by().equals("nobody")) {
      throw new IllegalArgumentException("nobody is no approver of this gate");
    }
  }

  @Override
  public String retry(Retry retry) {
    released = true;
    return "trying " + retry.items() + " again";
  }

  @Override
  public void mayRetry(Retry retry) {}

  @Override
  public String skip(Skip skip) {
    return "skipped " + skip.items() + ": " + skip.reason();
  }

  @Override
  public void maySkip(Skip skip) {}

  @Override
  public String adopt(Adoption adoption) {
    return adoption.externalId() + " is now " + adoption.step();
  }

  @Override
  public void mayAdopt(Adoption adoption) {}

  @Override
  public String fail(Refusal refusal) {
    return "failing: " + refusal.reason();
  }

  @Override
  public void mayFail(Refusal refusal) {}

  @Override
  public String pause(@Nullable String connection) {
    paused = true;
    return "paused";
  }

  @Override
  public String resume(@Nullable String connection) {
    paused = false;
    return "goes on";
  }

  @Override
  public String amend(Amendment amendment) {
    return "now " + amendment.maxParallel() + " at a time";
  }

  @Override
  public void mayAmend(Amendment amendment) {}

  @Override
  public String detach() {
    told.add("detach");
    return "detached";
  }

  @Override
  public void mayDetach() {}
}
