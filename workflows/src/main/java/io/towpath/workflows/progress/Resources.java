package io.towpath.workflows.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a program gets from now on; what is left out stays as it was.
 *
 * @param cpus processors, also parts of one
 * @param memoryGb GiB
 */
public record Resources(Optional<Double> cpus, Optional<Integer> memoryGb) {
  private static final double MOST_CPUS = 256;
  private static final int MOST_MEMORY = 4_096;

  public Resources {
    cpus = cpus == null ? Optional.empty() : cpus;
    memoryGb = memoryGb == null ? Optional.empty() : memoryGb;
  }

  /** What is wrong with it; empty when it can be given. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (cpus.isEmpty() && memoryGb.isEmpty()) {
      problems.add("resources name neither cpus nor memoryGb");
    }
    cpus.filter(number -> !(number >= 0.1 && number <= MOST_CPUS))
        .ifPresent(number -> problems.add("cpus is " + number + ", not 0.1 to 256"));
    memoryGb
        .filter(number -> number < 1 || number > MOST_MEMORY)
        .ifPresent(number -> problems.add("memoryGb is " + number + ", not 1 to 4096"));
    return problems;
  }
}
