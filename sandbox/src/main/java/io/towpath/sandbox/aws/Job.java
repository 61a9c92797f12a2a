package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** One job of Batch. */
final class Job implements Kept.Submitted {
  /**
   * What a job is made from.
   *
   * @param body the request that submitted it
   * @param visible when listings begin to show it
   * @param task the id of its ECS task, which also names its log stream
   */
  record Make(
      String id,
      Definitions.Definition definition,
      ObjectNode body,
      Instant created,
      Instant visible,
      String task) {}

  private final Make make;
  private final Course course;
  private boolean cancelled;
  private boolean terminated;

  Job(Make make, Course course) {
    this.make = make;
    this.course = course;
  }

  @Override
  public String id() {
    return make.id();
  }

  String name() {
    return make.body().path("jobName").asText();
  }

  Make make() {
    return make;
  }

  @Override
  public Look look() {
    return course.look();
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  synchronized boolean isTerminated() {
    return terminated;
  }

  /** Ends it while it still waits; false when it is further on. */
  synchronized boolean cancel(String reason) {
    switch (look().status()) {
      case "SUBMITTED", "PENDING", "RUNNABLE" -> {
        cancelled = true;
        course.stop(reason);
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  /** Ends it; false when it has ended. */
  synchronized boolean terminate(String reason) {
    if (look().isOver()) {
      return false;
    }
    terminated = true;
    course.stop(reason);
    return true;
  }

  static String logStream(Make make) {
    return make.definition().name() + "/default/" + make.task();
  }
}
