package io.towpath.starter.schedule;

import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.common.converter.EncodedValues;
import io.towpath.starter.request.RequestFile;
import io.towpath.workflows.model.CanonicalJson;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a schedule knows of its file. It lies in the memo of the workflow that the schedule starts:
 * every update replaces that one, while a schedule's own memo stays as it was made, also encrypted
 * with a key that is gone.
 *
 * @param owner of the file
 * @param key that encrypts its request; empty where none does
 * @param written the entry as text: the server rewrites specs, so they cannot be compared
 */
record ScheduleMark(String owner, String key, String written) {
  private static final String OWNER = "towpath.owner";
  private static final String KEY = "towpath.key";
  private static final String WRITTEN = "towpath.schedule";

  static ScheduleMark of(String owner, Optional<String> key, WantedSchedule wanted) {
    return new ScheduleMark(owner, key.orElse(""), CanonicalJson.write(wanted.written()));
  }

  /** The mark of a schedule; empty for one that was made otherwise. */
  static Optional<ScheduleMark> read(Schedule there) {
    Map<String, Object> memo =
        there.getAction() instanceof ScheduleActionStartWorkflow start
            ? Objects.requireNonNullElse(start.getOptions().getMemo(), Map.of())
            : Map.of();
    return memo.containsKey(OWNER)
        ? Optional.of(new ScheduleMark(text(memo, OWNER), text(memo, KEY), text(memo, WRITTEN)))
        : Optional.empty();
  }

  private static String text(Map<String, Object> memo, String name) {
    return memo.get(name) instanceof EncodedValues kept ? kept.get(0, String.class) : "";
  }

  Map<String, Object> memo() {
    return Map.of(OWNER, owner, KEY, key, WRITTEN, written);
  }

  /** All that is compared, field by field. */
  Map<String, Object> fields() {
    Map<String, Object> fields = RequestFile.object("a schedule", written);
    if (!key.isEmpty()) {
      fields.put("payload key", key);
    }
    return fields;
  }
}
