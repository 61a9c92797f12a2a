package io.towpath.sandbox.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a script has come at one moment.
 *
 * @param step the current one; the last stays, and so does one that is an end
 * @param since when it began
 * @param started when the first status began with which work starts; empty until then
 */
public record Progress(Plans.Step step, Instant since, Optional<Instant> started) {
  /** What a platform's statuses mean. */
  public interface Meaning {
    /** Whether work has started with this status. */
    boolean starts(String status);

    boolean ends(String status);
  }

  /** Walks through the steps from their beginning until now. */
  public static Progress at(Instant now, Instant begun, List<Plans.Step> steps, Meaning meaning) {
    Instant since = begun;
    Optional<Instant> started = Optional.empty();
    for (int i = 0; ; i++) {
      Plans.Step step = steps.get(i);
      if (started.isEmpty() && meaning.starts(step.status())) {
        started = Optional.of(since);
      }
      Instant end = since.plus(step.lasts());
      if (i == steps.size() - 1 || meaning.ends(step.status()) || now.isBefore(end)) {
        return new Progress(step, since, started);
      }
      since = end;
    }
  }
}
