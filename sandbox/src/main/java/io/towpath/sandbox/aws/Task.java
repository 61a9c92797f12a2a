package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** One task of ECS. */
final class Task implements Kept.Submitted {
  /**
   * What a task is made from.
   *
   * @param body the request that ran it
   * @param visible when the service begins to show it
   * @param imageDigest what the image's name named; empty when it is not known
   */
  record Make(
      String id,
      Definitions.Definition definition,
      ObjectNode body,
      Instant created,
      Instant visible,
      String imageDigest) {}

  private final Make make;
  private final Course course;
  private Optional<String> stopped = Optional.empty();

  Task(Make make, Course course) {
    this.make = make;
    this.course = course;
  }

  @Override
  public String id() {
    return make.id();
  }

  Make make() {
    return make;
  }

  String startedBy() {
    return make.body().path("startedBy").asText("");
  }

  @Override
  public Look look() {
    return course.look();
  }

  /** Why a user stopped it. */
  synchronized Optional<String> stopReason() {
    return stopped;
  }

  /** Asks for its end; false when it has ended or was asked before. */
  synchronized boolean stop(String reason) {
    if (stopped.isPresent() || look().isOver()) {
      return false;
    }
    stopped = Optional.of(reason);
    course.stop(reason);
    return true;
  }
}
