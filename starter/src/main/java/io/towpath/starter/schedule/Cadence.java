package io.towpath.starter.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
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
    List<String> cron,
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
    jitter
        .filter(Duration::isNegative)
        .ifPresent(most -> fields.problem("jitter", most + " is negative"));
    judge(fields, cron);
    return new Cadence(every, offset, cron, zone, jitter);
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no time zone; Europe/Berlin is one");
    }
  }

  /** Judged here: the server would refuse a wrong one after other schedules were applied. */
  private static void judge(Fields fields, List<String> expressions) {
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    for (String text : expressions) {
      try {
        parser.parse(text).validate();
      } catch (IllegalArgumentException e) {
        fields.problem(
            "cron", "\"" + text + "\": " + e.getMessage() + "; 0 6 * * 1-5 is six on weekdays");
      }
    }
  }

  /** The fields as a file would say them. */
  Map<String, Object> written() {
    Map<String, Object> written = new TreeMap<>();
    every.ifPresent(interval -> written.put("every", interval.toString()));
    offset.ifPresent(shift -> written.put("offset", shift.toString()));
    if (!cron.isEmpty()) {
      written.put("cron", cron);
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
                List.of(new ScheduleIntervalSpec(interval, offset.orElse(Duration.ZERO)))));
    jitter.ifPresent(spec::setJitter);
    return spec.setCronExpressions(cron).build();
  }
}
