package io.towpath.sandbox.aws;

import io.towpath.sandbox.control.Progress;
import java.util.List;

/**
 * A service's words for how a job or task stands.
 *
 * @param before those before it runs, in order
 * @param good the end of a program that left with 0
 * @param bad any other end; the same word where the service tells them apart by the exit code
 */
record Words(List<String> before, String running, String good, String bad)
    implements Progress.Meaning {
  static final Words BATCH =
      new Words(List.of("SUBMITTED", "RUNNABLE", "STARTING"), "RUNNING", "SUCCEEDED", "FAILED");
  static final Words ECS =
      new Words(List.of("PROVISIONING", "PENDING", "ACTIVATING"), "RUNNING", "STOPPED", "STOPPED");

  @Override
  public boolean starts(String status) {
    return status.equals(running);
  }

  @Override
  public boolean ends(String status) {
    return status.equals(good) || status.equals(bad);
  }
}
