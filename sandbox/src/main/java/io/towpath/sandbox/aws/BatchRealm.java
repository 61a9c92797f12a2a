package io.towpath.sandbox.aws;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What Batch knows: one queue, definitions, and jobs until some time after their end. */
final class BatchRealm {
  static final String QUEUE = "towpath-demo";

  /** What the largest instance of the queue's environment has, in MiB. */
  static final long MOST_MEMORY = 488L << 10;

  final AwsSettings settings;
  final Courses courses;
  final LogStreams logs;
  final Definitions definitions;
  final Kept<Job> jobs;

  BatchRealm(AwsSettings settings, Courses courses, LogStreams logs) {
    this.settings = settings;
    this.courses = courses;
    this.logs = logs;
    this.definitions = new Definitions(settings.arn("batch", "job-definition/"));
    this.jobs = new Kept<>(settings.clock(), settings.times().jobRetention());
  }

  String queueArn() {
    return settings.arn("batch", "job-queue/" + QUEUE);
  }

  boolean isQueue(String text) {
    return text.equals(QUEUE) || text.equals(queueArn());
  }

  /** Newest first. */
  List<Job> newest() {
    List<Job> newest = new ArrayList<>(jobs.all());
    Collections.reverse(newest);
    return newest;
  }
}
