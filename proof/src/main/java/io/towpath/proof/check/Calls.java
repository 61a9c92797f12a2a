package io.towpath.proof.check;

import java.util.ArrayList;
import java.util.List;

/** Rules about how much is sent, and when nothing may be sent any more. */
final class Calls {
  private static final double AMPLIFICATION = 1.2;

  private Calls() {}

  static Outcome inBudget(Scene scene) {
    if (scene.asked.budget.isEmpty()) {
      return new Outcome.NotApplicable(
          "nothing tells how many calls the same work makes undisturbed");
    }
    Expectation.Budget budget = scene.asked.budget.get();
    int sent = scene.sent.entries().size();
    double most = AMPLIFICATION * budget.undisturbed() + budget.injected();
    return Outcome.of(
        sent <= most
            ? List.of()
            : List.of(
                sent
                    + " calls, undisturbed "
                    + budget.undisturbed()
                    + ", injected "
                    + budget.injected()));
  }

  static Outcome quietAfterCancel(Scene scene) {
    if (scene.asked.cancelled.isEmpty()) {
      return new Outcome.NotApplicable("nothing is cancelled");
    }
    List<String> violations = new ArrayList<>();
    scene.sent.after(scene.asked.cancelled.getAsLong()).committed().stream()
        .map(entry -> entry + " came after the cancellation")
        .forEach(violations::add);
    for (String platform : List.of("seqera", "sevenbridges", "container")) {
      scene.starts(platform).stream()
          .filter(start -> start.running())
          .forEach(start -> violations.add("still running: " + start.entry()));
    }
    return Outcome.of(violations);
  }

  static Outcome againChangesNothing(Scene scene) {
    if (scene.asked.again.isEmpty()) {
      return new Outcome.NotApplicable("the request is not begun again");
    }
    return Outcome.of(
        scene.all.after(scene.asked.again.getAsLong()).committed().stream()
            .map(entry -> "the second start sent " + entry)
            .toList());
  }
}
