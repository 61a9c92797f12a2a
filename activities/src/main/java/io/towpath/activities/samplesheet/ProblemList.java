package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.Problem;
import java.util.ArrayList;
import java.util.List;

/** Problems up to as many as anybody reads. */
final class ProblemList {
  static final int MOST = 500;

  private final List<Problem> problems = new ArrayList<>();

  void add(String place, String text) {
    if (!full()) {
      problems.add(new Problem(place, text));
    }
  }

  void addAll(List<Problem> more) {
    more.forEach(problem -> add(problem.place(), problem.text()));
  }

  boolean full() {
    return problems.size() >= MOST;
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  List<Problem> all() {
    return List.copyOf(problems);
  }
}
