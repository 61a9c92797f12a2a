package io.towpath.starter.command;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.temporal.SeenRun;
import io.towpath.workflows.ledger.LedgerView;
import io.towpath.workflows.progress.StatusView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known of one workflow id.
 *
 * @param seen what Temporal knows; empty when it has forgotten
 * @param view the run's own view; empty when no worker answers
 * @param ledger what the ledger has; asked for when the others do not tell
 * @param returned the outcome that Temporal has as the run's result
 */
record StatusAnswer(
    String workflowId,
    Optional<SeenRun> seen,
    Optional<StatusView> view,
    Optional<LedgerView> ledger,
    Optional<String> returned) {

  /** The outcome, from whoever knows it. */
  Optional<String> outcome() {
    return view.flatMap(StatusView::outcome)
        .or(() -> returned)
        .or(() -> ledger.flatMap(LedgerView::outcome))
        .or(() -> seen.flatMap(StatusAnswer::closedBadly));
  }

  int exitCode() {
    boolean unanswered = view.isEmpty() && ledger.isEmpty();
    boolean running = seen.filter(SeenRun::running).isPresent();
    if (unanswered && running) {
      return ExitCode.UNREACHABLE;
    }
    return running ? ExitCode.DONE : outcome().map(ExitCode::ofOutcome).orElse(ExitCode.DONE);
  }

  Map<String, Object> asJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", view.map(StatusView::kind).or(() -> seen.map(SeenRun::type)));
    json.put("workflowId", workflowId);
    json.put("runId", seen.map(SeenRun::runId));
    json.put("businessKey", view.map(StatusView::businessKey).orElse(workflowId));
    json.put(
        "specDigest",
        view.flatMap(StatusView::specDigest).or(() -> ledger.flatMap(LedgerView::digest)));
    json.put(
        "generation",
        view.map(StatusView::generation).or(() -> ledger.map(LedgerView::generation)).orElse(0));
    json.put("temporal", seen.map(SeenRun::status));
    json.put("decided", view.map(StatusView::decided).orElse(outcome().isPresent()));
    json.put("stage", view.map(StatusView::stage));
    json.put("stages", view.map(StatusView::stages).orElse(List.of()));
    json.put("attention", view.flatMap(StatusView::attention));
    json.put("attentionReason", view.flatMap(StatusView::attentionReason));
    json.put("outcome", outcome());
    json.put("paused", view.map(StatusView::paused).orElse(false));
    json.put("counts", view.map(StatusView::counts).orElse(Map.of()));
    json.put("started", seen.map(SeenRun::started));
    json.put("closed", seen.flatMap(SeenRun::closed));
    json.put("pending", seen.map(SeenRun::pending).orElse(List.of()));
    return json;
  }

  private static Optional<String> closedBadly(SeenRun run) {
    return switch (run.status()) {
      case "FAILED", "TERMINATED", "TIMED_OUT" -> Optional.of("FAILED");
      case "CANCELED" -> Optional.of("CANCELLED");
      default -> Optional.empty();
    };
  }
}
