package io.towpath.proof.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules about platform runs. */
final class Runs {
  private static final List<String> PLATFORMS =
      List.of("seqera", "sevenbridges", "container", "batch", "ecs");

  private Runs() {}

  static Outcome oneEach(Scene scene) {
    List<String> violations = new ArrayList<>();
    Set<Start> asked = new HashSet<>();
    for (Expectation.Run run : scene.asked.runs) {
      List<Start> starts = scene.starts(run);
      asked.addAll(starts);
      long counted = starts.stream().filter(start -> !start.cancelled()).count();
      if (counted != run.times()) {
        violations.add(
            run.platform() + " " + run.which() + " has " + counted + " runs, not " + run.times());
      }
    }
    for (String platform : PLATFORMS) {
      scene.starts(platform).stream()
          .filter(start -> !asked.contains(start))
          .forEach(start -> violations.add("nobody asked for " + start.entry()));
    }
    return violations.isEmpty() && scene.asked.runs.isEmpty()
        ? new Outcome.NotApplicable("no run is asked for, and none began")
        : Outcome.of(violations);
  }

  static int doublesMade(Scene scene) {
    return scene.asked.runs.stream()
        .mapToInt(run -> Math.max(0, scene.starts(run).size() - run.times()))
        .sum();
  }

  static Outcome doublesCancelled(Scene scene) {
    int made = doublesMade(scene);
    if (made == 0) {
      return new Outcome.NotApplicable("no double was made");
    }
    List<String> violations = new ArrayList<>();
    for (Expectation.Run run : scene.asked.runs) {
      long cancelled = scene.starts(run).stream().filter(start -> start.cancelled()).count();
      int doubles = scene.starts(run).size() - run.times();
      if (doubles > 0 && cancelled < doubles) {
        violations.add(run.which() + ": " + cancelled + " of " + doubles + " doubles cancelled");
      }
    }
    int told = scene.asked.report.path("doublesCancelled").asInt();
    if (told != made) {
      violations.add("the report tells " + told + " doubles, not " + made);
    }
    return Outcome.of(violations);
  }
}
