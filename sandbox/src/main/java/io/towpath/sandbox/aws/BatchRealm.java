package io.towpath.sandbox.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Batch knows: one queue, definitions, and jobs until some time after their end. */
final class BatchRealm {
  static final String QUEUE = "towpath-demo";

  /** What the largest instance of the queue's environment has, in MiB. */
  static final long MOST_MEMORY = 488L << 10;

  final AwsSettings settings;
  final Courses courses;
  final LogStreams logs;
  final Definitions definitions;
  private final Map<String, Job> jobs = new LinkedHashMap<>();

  BatchRealm(AwsSettings settings, Courses courses, LogStreams logs) {
    this.settings = settings;
    this.courses = courses;
    this.logs = logs;
    this.definitions = new Definitions(settings.arn("batch", "job-definition/"));
  }

  String queueArn() {
    return settings.arn("batch", "job-queue/" + QUEUE);
  }

  boolean isQueue(String text) {
    return text.equals(QUEUE) || text.equals(queueArn());
  }

  synchronized void add(Job job) {
    jobs.put(job.id(), job);
  }

  synchronized Optional<Job> find(String id) {
    forget();
    return Optional.ofNullable(jobs.get(id));
  }

  /** Newest first. */
  synchronized List<Job> newest() {
    forget();
    List<Job> newest = new ArrayList<>(jobs.values());
    Collections.reverse(newest);
    return newest;
  }

  private void forget() {
    Instant oldest = settings.clock().instant().minus(settings.times().jobRetention());
    jobs.values()
        .removeIf(job -> job.look().stopped().filter(end -> end.isBefore(oldest)).isPresent());
  }
}
