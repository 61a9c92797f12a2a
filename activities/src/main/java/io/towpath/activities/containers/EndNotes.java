package io.towpath.activities.containers;

import io.towpath.activities.submit.Outcomes;
import io.towpath.workflows.containers.ContainerEnd;
import io.towpath.workflows.containers.ContainerEnd.How;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The ends of containers in the ledger, as {@code <step>-<key>.outcome}: each attempt of a step has
 * a key of its own. What we stop is noted before, so that its end is not taken for the program's.
 */
final class EndNotes {
  private final Outcomes outcomes;

  EndNotes(Outcomes outcomes) {
    this.outcomes = outcomes;
  }

  Optional<ContainerEnd> recorded(RunContainer request) {
    Claim claim = request.claim();
    return outcomes
        .outcome(claim.businessKey(), claim.generation(), step(request))
        .map(EndNotes::read);
  }

  /** Returns what is recorded, which may be another attempt's account of the same end. */
  ContainerEnd record(RunContainer request, ContainerEnd end) {
    return read(outcomes.recordOutcome(request.claim(), step(request), written(end)));
  }

  void noteStop(String businessKey, int generation, RunKey key) {
    outcomes.note(businessKey, generation, stop(key), Map.of("key", key.value()));
  }

  boolean isStopped(RunContainer request) {
    Claim claim = request.claim();
    return outcomes
        .outcome(claim.businessKey(), claim.generation(), stop(request.key()))
        .isPresent();
  }

  private static String step(RunContainer request) {
    return request.step() + "-" + request.key().value();
  }

  private static String stop(RunKey key) {
    return "stop-" + key.value();
  }

  private static Map<String, Object> written(ContainerEnd end) {
    Map<String, Object> note = new TreeMap<>();
    note.put("externalId", end.externalId());
    note.put("how", end.how().name());
    end.exitCode().ifPresent(code -> note.put("exitCode", code));
    note.put("reason", end.reason());
    end.log().ifPresent(log -> note.put("log", log.value()));
    note.put("logTail", end.logTail());
    end.ran().ifPresent(ran -> note.put("ran", ran.toString()));
    note.put("doubles", end.doubles());
    return note;
  }

  private static ContainerEnd read(Map<String, Object> note) {
    return new ContainerEnd(
        text(note, "externalId"),
        How.valueOf(text(note, "how")),
        Optional.ofNullable(note.get("exitCode")).map(code -> ((Number) code).intValue()),
        text(note, "reason"),
        some(note, "log").map(S3Uri::new),
        text(note, "logTail"),
        some(note, "ran").map(Duration::parse),
        note.get("doubles") instanceof List<?> ids
            ? ids.stream().map(String::valueOf).toList()
            : List.of());
  }

  private static String text(Map<String, Object> note, String field) {
    return some(note, field).orElse("");
  }

  private static Optional<String> some(Map<String, Object> note, String field) {
    return Optional.ofNullable(note.get(field)).map(String::valueOf).filter(t -> !t.isEmpty());
  }
}
