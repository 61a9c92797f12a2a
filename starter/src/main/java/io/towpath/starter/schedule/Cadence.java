package io.towpath.starter.schedule;

import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleSpec;
import io.towpath.workflows.request.Fields;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When a schedule fires.
 *
 * @param every fixed interval, counted from the epoch; empty with {@code cron}
 * @param offset shifts the interval
 * @param cron expressions of five fields; empty with {@code every}
 * @param timeZone in which {@code cron} is meant
 * @param jitter each firing is delayed by a random part of it
 */
record Cadence(
    Optional<Duration> every,
    Optional<Duration> offset,
    List<CronExpression> cron,
    ZoneId timeZone,
    Optional<Duration> jitter) {
  private static final Duration LEAST = Duration.ofSeconds(1);

  Cadence {
    cron = List.copyOf(cron);
  }

  static Cadence read(Fields fields) {
    Optional<Duration> every = fields.optionalDuration("every", "interval between firings");
    Optional<Duration> offset = fields.optionalDuration("offset", "shifts the interval");
    List<String> cron =
        fields.texts("cron", List.of(), "minute hour day-of-month month day-of-week, one or more");
    ZoneId zone =
        fields
            .optionalValue("timeZone", Cadence::zone, "IANA name for cron, Europe/Berlin; UTC")
            .orElse(ZoneId.of("UTC"));
    Optional<Duration> jitter =
        fields.optionalDuration("jitter", "each firing is delayed by a random part of this");
    if (every.isPresent() == !cron.isEmpty()) {
      fields.problem("every", "a schedule has either every (PT5M) or cron (0 6 * * 1-5)");
    }
    if (every.isPresent() && every.get().compareTo(LEAST) < 0) {
      fields.problem("every", every.get() + " is shorter than " + LEAST);
    }
    if (offset.isPresent() && (every.isEmpty() || offset.get().compareTo(every.get()) >= 0)) {
      fields.problem("offset", "is for every only, and shorter than it");
    }
    if (jitter.filter(Duration::isNegative).isPresent()) {
      fields.problem("jitter", jitter.get() + " is negative");
    }
    return new Cadence(every, offset, expressions(fields, cron), zone, jitter);
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no time zone; Europe/Berlin is one");
    }
  }

  private static List<CronExpression> expressions(Fields fields, List<String> texts) {
    return texts.stream()
        .flatMap(
            text -> {
              try {
                return Optional.of(new CronExpression(text)).stream();
              } catch (IllegalArgumentException e) {
                fields.problem("cron", String.valueOf(e.getMessage()));
                return Optional.<CronExpression>empty().stream();
              }
            })
        .toList();
  }

  /** The fields as a file would say them. */
  Map<String, Object> written() {
    Map<String, Object> written = new TreeMap<>();
    every.ifPresent(interval -> written.put("every", interval.toString()));
    offset.ifPresent(shift -> written.put("offset", shift.toString()));
    if (!cron.isEmpty()) {
      written.put("cron", cron.stream().map(CronExpression::text).toList());
      written.put("timeZone", timeZone.getId());
    }
    jitter.ifPresent(most -> written.put("jitter", most.toString()));
    return written;
  }

  ScheduleSpec spec() {
    ScheduleSpec.Builder spec = ScheduleSpec.newBuilder().setTimeZoneName(timeZone.getId());
    every.ifPresent(
        interval ->
            spec.setIntervals(
                List.of(
                    new ScheduleIntervalSpec(interval, offset.orElse(Duration.ZERO)))));
    jitter.ifPresent(spec::setJitter);
    return spec.setCronExpressions(cron.stream().map(CronExpression::text).toList()).build();
  }
}
