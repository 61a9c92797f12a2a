package io.towpath.starter.temporal;

import io.temporal.api.enums.v1.WorkerVersioningMode;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which version of the workers gets new runs, as the words that name it in a command. While no
 * version is current, or no worker of the current one polls, runs wait, and a server says so
 * nowhere else.
 *
 * @param current the version that is current; workers without a version are {@code --unversioned}
 * @param polling the versions that poll
 */
record WorkerVersions(String current, Set<String> polling) {
  private static final String NONE = "--unversioned";

  static WorkerVersions of(DescribeTaskQueueResponse queue) {
    var current = queue.getVersioningInfo().getCurrentDeploymentVersion();
    Set<String> polling = new TreeSet<>();
    for (PollerInfo poller : queue.getPollersList()) {
      var version = poller.getDeploymentOptions();
      boolean versioned =
          version.getWorkerVersioningMode()
              == WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED;
      polling.add(
          versioned
              ? words(version.getDeploymentName(), version.getBuildId())
              : words(current.getDeploymentName(), ""));
    }
    return new WorkerVersions(words(current.getDeploymentName(), current.getBuildId()), polling);
  }

  private static String words(String deployment, String build) {
    return (deployment.isEmpty() ? "" : "--deployment-name " + deployment + " ")
        + (build.isEmpty() ? NONE : "--build-id " + build);
  }

  boolean ok() {
    return polling.isEmpty() || polling.contains(current);
  }

  /** What is so, and what to do about it when it is not as it must be. */
  String text() {
    if (ok()) {
      return current.equals(NONE) ? "workers have no versions" : current + " gets new runs";
    }
    String why = current.equals(NONE) ? "no version is current" : "no worker polls as " + current;
    return why
        + ", so new runs wait. Name one that polls: temporal worker deployment"
        + " set-current-version --yes "
        + String.join(", or ", polling);
  }
}
