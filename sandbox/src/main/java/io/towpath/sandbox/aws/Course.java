package io.towpath.sandbox.aws;

/** How a job or task goes on, from submission to end. */
interface Course {
  Look look();

  /** Asks for the end, which comes a moment later unless it came first. */
  void stop(String reason);
}
