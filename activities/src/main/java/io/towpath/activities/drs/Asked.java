package io.towpath.activities.drs;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import java.util.ArrayList;
import java.util.List;

/** Problems that were found by asking: a refusal is one, silence is a failure to try again. */
final class Asked {
  private final List<Problem> problems = new ArrayList<>();

  void ask(String place, Runnable question) {
    try {
      question.run();
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.PLATFORM_UNAVAILABLE) {
        throw e;
      }
      problem(place, String.valueOf(e.getMessage()));
    }
  }

  void problem(String place, String text) {
    problems.add(new Problem(place, text));
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }
}
