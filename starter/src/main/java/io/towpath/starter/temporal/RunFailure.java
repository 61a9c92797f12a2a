package io.towpath.starter.temporal;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a run or a call to one failed.
 *
 * @param kind failure kind, {@code CANCELLED}, {@code TERMINATED} or {@code TIMED_OUT}
 * @param message in the words of whoever failed
 * @param details what came with it
 */
public record RunFailure(String kind, String message, List<Object> details) {
  private static final String UNEXPECTED = "UNEXPECTED";

  /** The innermost failure that says something. */
  public static RunFailure of(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      Optional<RunFailure> told = told(e);
      if (told.isPresent()) {
        return told.get();
      }
    }
    return new RunFailure(UNEXPECTED, String.valueOf(thrown.getMessage()), List.of());
  }

  /** The {@code failure} object of {@code -o json}. */
  public Map<String, Object> asJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", kind);
    json.put("message", message);
    json.put("details", details.size() == 1 ? details.get(0) : details);
    return json;
  }

  private static Optional<RunFailure> told(Throwable e) {
    if (e instanceof ApplicationFailure failure) {
      return Optional.of(
          new RunFailure(
              Optional.ofNullable(failure.getType()).orElse(UNEXPECTED),
              String.valueOf(failure.getOriginalMessage()),
              details(failure)));
    }
    if (e instanceof CanceledFailure) {
      return Optional.of(new RunFailure("CANCELLED", "the run was cancelled", List.of()));
    }
    if (e instanceof TerminatedFailure) {
      return Optional.of(new RunFailure("TERMINATED", "the run was terminated", List.of()));
    }
    if (e instanceof TimeoutFailure && !(e.getCause() instanceof TemporalFailure)) {
      return Optional.of(new RunFailure("TIMED_OUT", "the run's time was over", List.of()));
    }
    return Optional.empty();
  }

  private static List<Object> details(ApplicationFailure failure) {
    List<Object> details = new ArrayList<>();
    for (int i = 0; i < failure.getDetails().getSize(); i++) {
      details.add(failure.getDetails().get(i, Object.class));
    }
    return details;
  }
}
