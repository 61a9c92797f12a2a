package io.towpath.workflows.release;

import io.towpath.workflows.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The most that a container of a request begins with, and where the request says so: the executor
 * is asked whether it has as much.
 */
final class Largest {
  private double cpus;
  private int memoryGb;
  private final Map<String, String> places = new TreeMap<>();

  private Largest() {}

  static Largest of(List<StepRequest> steps) {
    Largest largest = new Largest();
    for (int i = 0; i < steps.size(); i++) {
      String resources = "steps[" + i + "].resources.";
      StepRequest.Resources of = steps.get(i).resources();
      largest.take(of.standard(), resources + "default.");
      of.overrides()
          .forEach((item, size) -> largest.take(size, resources + "overrides." + item + "."));
    }
    return largest;
  }

  private void take(StepRequest.Size size, String place) {
    if (size.cpus() > cpus) {
      cpus = size.cpus();
      places.put("cpus", place + "cpus");
    }
    if (size.memoryGb() > memoryGb) {
      memoryGb = size.memoryGb();
      places.put("memoryMb", place + "memoryGb");
    }
  }

  double cpus() {
    return cpus;
  }

  int memoryMb() {
    return memoryGb * 1024;
  }

  /** An executor's problem where the request has its field. */
  Problem placed(Problem problem) {
    return new Problem(places.getOrDefault(problem.place(), problem.place()), problem.text());
  }
}
