package io.towpath.worker.telemetry;

import io.temporal.activity.ActivityInfo;

/** Names of platforms as tags: there is one task queue for each. */
final class Platforms {
  private static final String QUEUES = "towpath-";

  private Platforms() {}

  /** The platform that an activity works on. */
  static String of(ActivityInfo activity) {
    return of(activity.getActivityTaskQueue());
  }

  static String of(String queue) {
    return queue.startsWith(QUEUES) ? queue.substring(QUEUES.length()) : queue;
  }
}
