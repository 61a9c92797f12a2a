package io.towpath.worker.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Keeps the Temporal SDK's metrics few: it puts a histogram of some seventy buckets behind every
 * kind of call, tags that say "none", and slots of workers that we have not. Buckets stay for the
 * two waits that alerts are about, which are those of a task queue.
 */
final class FewSeries implements MeterFilter {
  private static final String TEMPORAL = "temporal_";

  /** The same on every series of a process; the scraper says which process it is. */
  private static final Set<String> CONSTANT = Set.of("client_name", "namespace");

  /** What waits in a queue waits whatever its type is. */
  private static final Set<String> TYPES = Set.of("activity_type", "workflow_type");

  private static final Set<String> NO_WORKERS_OF_OURS =
      Set.of("LocalActivityWorker", "NexusWorker");

  private static final Set<String> WITH_BUCKETS =
      Set.of(
          "temporal_workflow_task_schedule_to_start_latency",
          "temporal_activity_schedule_to_start_latency");

  private static final double[] BUCKETS =
      Arrays.stream(new long[] {100, 1_000, 5_000, 30_000})
          .mapToDouble(millis -> (double) Duration.ofMillis(millis).toNanos())
          .toArray();

  @Override
  public Meter.Id map(Meter.Id id) {
    if (!id.getName().startsWith(TEMPORAL)) {
      return id;
    }
    return id.replaceTags(
        StreamSupport.stream(id.getTagsAsIterable().spliterator(), false)
            .filter(tag -> saysSomething(tag, WITH_BUCKETS.contains(id.getName())))
            .toList());
  }

  private static boolean saysSomething(Tag tag, boolean ofQueue) {
    return !tag.getValue().equals("none")
        && !CONSTANT.contains(tag.getKey())
        && !(ofQueue && TYPES.contains(tag.getKey()));
  }

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    String worker = id.getTag("worker_type");
    return worker != null && NO_WORKERS_OF_OURS.contains(worker)
        ? MeterFilterReply.DENY
        : MeterFilterReply.NEUTRAL;
  }

  @Override
  public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
    if (!id.getName().startsWith(TEMPORAL)) {
      return config;
    }
    DistributionStatisticConfig.Builder few =
        DistributionStatisticConfig.builder().percentilesHistogram(false);
    if (WITH_BUCKETS.contains(id.getName())) {
      few.serviceLevelObjectives(BUCKETS);
    }
    return few.build().merge(config);
  }
}
