package io.towpath.workflows.release;

import io.towpath.workflows.request.Fields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The order that {@code needs} puts steps into. */
final class StepGraph {
  private StepGraph() {}

  /** Notes names that stand twice, names that nothing has, and a circle. */
  static void check(Fields fields, List<StepRequest> steps) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      StepRequest step = steps.get(i);
      if (!names.add(step.name())) {
        fields.problem("steps[" + i + "].name", "\"" + step.name() + "\" stands twice");
      }
    }
    boolean known = true;
    for (int i = 0; i < steps.size(); i++) {
      for (String need : steps.get(i).needs()) {
        if (!names.contains(need)) {
          known = false;
          fields.problem(
              "steps[" + i + "].needs",
              "\"" + need + "\" is no step; steps: " + String.join(", ", names));
        }
      }
    }
    if (known && names.size() == steps.size()) {
      List<String> circle = inCircle(steps);
      if (!circle.isEmpty()) {
        fields.problem(
            "steps", "need each other in a circle: " + String.join(", ", circle) + "; cut it");
      }
    }
  }

  /** Steps that can never begin. */
  private static List<String> inCircle(List<StepRequest> steps) {
    Map<String, StepRequest> open =
        steps.stream().collect(Collectors.toMap(StepRequest::name, Function.identity()));
    boolean moved = true;
    while (moved) {
      List<String> free = new ArrayList<>();
      open.forEach(
          (name, step) -> {
            if (step.needs().stream().noneMatch(open::containsKey)) {
              free.add(name);
            }
          });
      free.forEach(open::remove);
      moved = !free.isEmpty();
    }
    return open.keySet().stream().sorted().toList();
  }
}
