package io.towpath.starter.temporal;

import io.temporal.client.WorkflowFailedException;
import io.towpath.starter.exit.Stop;
import io.towpath.workflows.progress.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches one run: asks its status ever less often while a long poll waits for its end. A Temporal
 * server that goes away for a while is waited for.
 */
public final class Watch {
  private static final Duration SHORTEST = Duration.ofMillis(400);
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(15);

  private final Runs runs;
  private final String workflowId;
  private final String runId;
  private final Consumer<StatusView> seen;
  private final Instant begun = Instant.now();
  private CompletableFuture<Map<String, Object>> result;
  private Optional<Instant> outageSince = Optional.empty();
  private Optional<StatusView> last = Optional.empty();

  /** Watches one run; {@code seen} is shown each status, also when nothing changed. */
  public Watch(Runs runs, String workflowId, String runId, Consumer<StatusView> seen) {
    this.runs = runs;
    this.workflowId = workflowId;
    this.runId = runId;
    this.seen = seen;
    this.result = runs.result(workflowId, runId);
  }

  /** The newest status that was seen. */
  public Optional<StatusView> last() {
    return last;
  }

  /** Waits until preflight and claim are decided; returns the end when the run has ended then. */
  public Optional<RunEnd> untilDecided() {
    while (true) {
      Optional<RunEnd> end = stepped();
      boolean holds = last.filter(view -> view.decided() && view.generation() > 0).isPresent();
      boolean over = last.flatMap(StatusView::outcome).isPresent();
      if (end.isPresent() || (holds && !over)) {
        return end;
      }
    }
  }

  /** Waits for the end. */
  public RunEnd untilEnded() {
    while (true) {
      Optional<RunEnd> end = stepped();
      if (end.isPresent()) {
        return end.get();
      }
    }
  }

  /** Looks once and waits a little; the end, when the run has ended. */
  public Optional<RunEnd> stepped() {
    look();
    try {
      Map<String, Object> report = result.get(interval().toMillis(), TimeUnit.MILLISECONDS);
      look();
      return Optional.of(RunEnd.of(report));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      return ended(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Stop.wrongState("interrupted; the run goes on");
    }
  }

  private Optional<RunEnd> ended(@Nullable Throwable cause) {
    if (cause instanceof WorkflowFailedException) {
      look();
      return Optional.of(RunEnd.of(RunFailure.of(cause)));
    }
    Instant since = outageSince.orElse(Instant.now());
    outageSince = Optional.of(since);
    if (Duration.between(since, Instant.now()).compareTo(LONGEST_OUTAGE) > 0) {
      throw Stop.unreachable(
          "Temporal has not answered for 15 minutes; the run goes on. Look again with:"
              + " towpath status "
              + workflowId
              + " --follow");
    }
    result = runs.result(workflowId, runId);
    return Optional.empty();
  }

  private void look() {
    Optional<StatusView> view = runs.status(workflowId, runId);
    if (view.isPresent()) {
      outageSince = Optional.empty();
      last = view;
      seen.accept(view.get());
    }
  }

  private Duration interval() {
    Duration part = Duration.between(begun, Instant.now()).dividedBy(20);
    Duration least = part.compareTo(SHORTEST) < 0 ? SHORTEST : part;
    return least.compareTo(LONGEST) > 0 ? LONGEST : least;
  }
}
