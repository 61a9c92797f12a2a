package io.towpath.starter.schedule;

import io.towpath.workflows.ledger.ClaimDecision.Difference;
import java.util.List;

/**
 * What has to be done at the server about one schedule.
 *
 * @param differences field by field, for one that is there
 * @param state what people did to it, such as {@code paused}; empty when nothing
 */
public record ScheduleChange(String id, Verb verb, List<Difference> differences, String state) {
  /** What is to be done. */
  public enum Verb {
    /** It is not there. */
    CREATE,
    /** It is there and says something else. */
    UPDATE,
    /** It is as the file says. */
    KEEP,
    /** It was made from this file and is no longer in it: {@code prune} deletes it. */
    SURPLUS,
    /** A schedule of this name was made by somebody else. */
    FOREIGN
  }

  public ScheduleChange {
    differences = List.copyOf(differences);
  }
}
