package io.towpath.workflows.etl;

import static io.towpath.workflows.progress.Operator.kindOf;
import static io.towpath.workflows.progress.Operator.reason;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Promise;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects everything that stands in the way of a request, to tell it at once. */
public final class Problems {
  private static final int MOST_SHOWN = 20;

  private final List<Problem> found = new ArrayList<>();

  public void add(String place, String text) {
    found.add(new Problem(place, text));
  }

  public void addAll(List<Problem> more) {
    found.addAll(more);
  }

  public List<Problem> all() {
    return List.copyOf(found);
  }

  /** The promise's value; a refusal becomes a problem, an unreachable platform stays a failure. */
  public <T> Optional<T> unlessRefused(Promise<T> promise, String place) {
    try {
      return Optional.of(promise.get());
    } catch (ActivityFailure failure) {
      FailureKind kind = kindOf(failure);
      if (kind != FailureKind.INPUT_REJECTED && kind != FailureKind.ACCESS_DENIED) {
        throw failure;
      }
      add(place, reason(failure));
      return Optional.empty();
    }
  }

  /** Ends the run when there are problems; nothing was done then. */
  public static void refuse(List<Problem> problems) {
    if (problems.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder(problems.size() + " problems; nothing was started");
    for (Problem problem : problems.subList(0, Math.min(MOST_SHOWN, problems.size()))) {
      text.append("\n").append(problem.place()).append(": ").append(problem.text());
    }
    throw ApplicationFailure.newNonRetryableFailure(
        text.toString(), FailureKind.INPUT_REJECTED.name(), new ArrayList<>(problems));
  }
}
