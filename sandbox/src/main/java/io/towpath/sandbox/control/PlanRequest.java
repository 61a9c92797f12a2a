package io.towpath.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The body of {@code POST /plans}: a script for the next runs with a matching name. */
record PlanRequest(String platform, Pattern match, int times, List<Plans.Step> steps) {
  /** Reads a plan, or says everything that is wrong with it. */
  static PlanRequest read(JsonNode plan) {
    Problems problems = new Problems();
    problems.onlyFields(plan, "", Set.of("platform", "match", "times", "steps"));
    String platform = problems.oneOf(plan, "", "platform", Platforms.PLANNED);
    Pattern match = problems.pattern("match", problems.text(plan, "", "match"));
    long times = problems.number(plan, "", "times", 1, 1);
    List<Plans.Step> steps = steps(plan.path("steps"), problems);
    problems.throwIfAny();
    return new PlanRequest(
        platform, match, (int) Math.min(times, Integer.MAX_VALUE), List.copyOf(steps));
  }

  private static List<Plans.Step> steps(JsonNode given, Problems problems) {
    List<Plans.Step> steps = new ArrayList<>();
    if (!given.isArray() || given.isEmpty()) {
      problems.add("steps: a non-empty list is required");
      return steps;
    }
    for (int i = 0; i < given.size(); i++) {
      String path = "steps[" + i + "].";
      JsonNode step = given.get(i);
      problems.onlyFields(step, path, Set.of("status", "forMs", "detail"));
      String status = problems.text(step, path, "status");
      boolean last = i == given.size() - 1;
      if (!last && !step.hasNonNull("forMs")) {
        problems.add(path + "forMs: every step but the last needs it");
      }
      long forMs = problems.number(step, path, "forMs", 0, 0);
      JsonNode detail = step.path("detail");
      if (!detail.isMissingNode() && !detail.isObject()) {
        problems.add(path + "detail: an object is required");
      }
      steps.add(new Plans.Step(status, Duration.ofMillis(forMs), detail));
    }
    return steps;
  }

  String addTo(Plans plans) {
    return plans.add(platform, match, times, steps);
  }
}
