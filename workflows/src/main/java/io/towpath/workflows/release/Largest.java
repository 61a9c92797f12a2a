package io.towpath.workflows.release;

import io.towpath.workflows.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The most that a container of a request gets, at first and by retries, and where the request says
 * so: the executor is asked whether it has as much.
 */
final class Largest {
  private double cpus;
  private int memoryGb;
  private int grownGb;
  private final Map<String, String> places = new TreeMap<>();

  private Largest() {}

  static Largest of(List<StepRequest> steps) {
    Largest largest = new Largest();
    for (int i = 0; i < steps.size(); i++) {
      largest.take(steps.get(i), "steps[" + i + "].resources.");
    }
    return largest;
  }

  /** What no item gets does not count, as far as the request itself tells the items. */
  private void take(StepRequest step, String place) {
    Map<String, StepRequest.Size> overrides = step.resources().overrides();
    List<String> excluded = step.items().map(StepRequest.Items::exclude).orElse(List.of());
    Optional<List<String>> stated = step.items().flatMap(StepRequest.Items::stated);
    if (stated.isEmpty() || !overrides.keySet().containsAll(stated.get())) {
      take(step.resources().standard(), step.retry(), place + "default.");
    }
    overrides.forEach(
        (item, size) -> {
          if (stated.map(all -> all.contains(item)).orElse(!excluded.contains(item))) {
            take(size, step.retry(), place + "overrides." + item + ".");
          }
        });
  }

  private void take(StepRequest.Size size, StepRequest.Retry retry, String place) {
    if (size.cpus() > cpus) {
      cpus = size.cpus();
      places.put("cpus", place + "cpus");
    }
    if (size.memoryGb() > memoryGb) {
      memoryGb = size.memoryGb();
      places.put("memoryMb", place + "memoryGb");
    }
    grownGb = Math.max(grownGb, retry.most(size.memoryGb()));
  }

  double cpus() {
    return cpus;
  }

  int memoryMb() {
    return memoryGb * 1024;
  }

  /** What the last retry of some item gets, if all before had too little memory. */
  int grownMb() {
    return grownGb * 1024;
  }

  /** An executor's problem where the request has its field. */
  Problem placed(Problem problem) {
    return new Problem(places.getOrDefault(problem.place(), problem.place()), problem.text());
  }
}
