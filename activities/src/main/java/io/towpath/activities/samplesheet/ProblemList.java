package io.towpath.activities.samplesheet;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import java.util.ArrayList;
import java.util.List;

/** Problems up to as many as anybody reads. */
public final class ProblemList {
  public static final int MOST = 500;

  /** Problems in the message of a failure, which is kept in history. */
  private static final int MOST_TOLD = 30;

  private final List<Problem> problems = new ArrayList<>();

  public void add(String place, String text) {
    if (!full()) {
      problems.add(new Problem(place, text));
    }
  }

  public void addAll(List<Problem> more) {
    more.forEach(problem -> add(problem.place(), problem.text()));
  }

  public boolean full() {
    return problems.size() >= MOST;
  }

  public int size() {
    return problems.size();
  }

  public boolean isEmpty() {
    return problems.isEmpty();
  }

  public List<Problem> all() {
    return List.copyOf(problems);
  }

  /**
   * Fails with {@code INPUT_REJECTED} if there are any, and names them.
   *
   * @param what what has the problems
   */
  public void requireNone(String what) {
    if (problems.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder(what + " has " + problems.size() + " problems");
    for (Problem problem : problems.subList(0, Math.min(MOST_TOLD, problems.size()))) {
      text.append("\n").append(problem.place()).append(": ").append(problem.text());
    }
    throw new PlatformException(FailureKind.INPUT_REJECTED, text.toString());
  }
}
