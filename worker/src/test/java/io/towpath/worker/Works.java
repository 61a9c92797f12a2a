package io.towpath.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.towpath.sandbox.s3.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * Pieces of work of different kinds that run at the same time, so that what a worker meets they all
 * meet. When it meets it is told in calls: those of all of them together that were to change
 * something, up to then.
 */
final class Works {
  private final Stack stack;
  private final List<Work> works = new ArrayList<>();
  private final List<Instant> losses = new ArrayList<>();
  private final List<JsonNode> calls = new ArrayList<>();
  private final List<String> figures = new ArrayList<>();
  private long seen;

  /**
   * What work comes to that nothing happens to.
   *
   * @param calls how many it makes that are to change something
   * @param bytesTwice what it sends to S3 for places that it writes again
   */
  record Spared(Cell.Kind kind, Essence outcome, int calls, long bytesTwice) {}

  private record Work(Cell cell, Trial trial, WorkflowStub run) {
    boolean made(JsonNode call) {
      return Pattern.compile(cell.calls()).matcher(call.toString()).find();
    }
  }

  /** Bytes that were announced for one place: all of them, and most in one call. */
  private record Sent(long all, long most) {
    Sent and(Sent other) {
      return new Sent(all + other.all, Math.max(most, other.most));
    }
  }

  private Works(Stack stack) {
    this.stack = stack;
    this.seen = stack.now();
  }

  /** Lets one of each kind come to its end, and counts its calls. */
  static List<Spared> spared(Stack stack, List<Cell.Kind> kinds) {
    List<Spared> spared = new ArrayList<>();
    for (Cell.Kind kind : kinds) {
      Works alone = new Works(stack);
      Cell cell = kind.named("spared" + spared.size());
      Trial trial = Trial.undisturbed(cell);
      Work work = new Work(cell, trial, cell.start());
      List<Spared> counted = new ArrayList<>();
      trial.measuring(
          () -> {
            alone.look();
            int calls = alone.calls(work).size();
            counted.add(new Spared(kind, new Essence(""), calls, alone.bytesTwice(work)));
            return Map.of();
          });
      Essence outcome = trial.ended(work.run());
      Spared told = counted.get(0);
      spared.add(new Spared(kind, outcome, told.calls(), told.bytesTwice()));
    }
    return spared;
  }

  /**
   * Starts one of each kind.
   *
   * @param name of all of them, with the seed of what strikes them behind it
   * @param strikes what a worker will meet, as records tell it
   */
  static Works start(Stack stack, List<Spared> kinds, String name, List<String> strikes) {
    Works all = new Works(stack);
    for (Spared kind : kinds) {
      Cell cell = kind.kind().named(name.replaceAll(" seed=", "") + "w" + all.works.size());
      Trial trial = Trial.of(cell, "crash", strikes).against(kind.outcome());
      if (name.matches(".*=\\d+")) {
        trial.seed(Long.parseLong(name.replaceFirst(".*=", "")));
      }
      Work work = new Work(cell, trial, cell.start());
      trial.measuring(() -> all.measured(work, kind));
      all.works.add(work);
    }
    return all;
  }

  /** Waits until all together have made so many calls. */
  void await(int number) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> made() >= number);
  }

  /** How many calls all together have made. */
  int made() {
    look();
    return (int) calls.stream().filter(call -> works.stream().anyMatch(w -> w.made(call))).count();
  }

  /** Does something to a worker, and remembers when. */
  void strike(Runnable blow) {
    losses.add(Instant.now());
    blow.run();
  }

  /**
   * Waits for the ends of all, and has them judged.
   *
   * @return what was measured, a line for each
   */
  List<String> ended() {
    works.forEach(work -> work.trial().ended(work.run()));
    return List.copyOf(figures);
  }

  /** New entries of the journal. */
  private void look() {
    for (JsonNode call : stack.control("GET", "/effects?since=" + seen, "")) {
      seen = Math.max(seen, call.path("seq").asLong());
      calls.add(call);
    }
  }

  private Map<String, Long> measured(Work work, Spared spared) {
    look();
    long pause = longestPause(work).toMillis();
    long twice = Math.max(0, bytesTwice(work) - spared.bytesTwice());
    figures.add(
        work.cell().workflowId() + ": goes on after " + pause + " ms, " + twice + " bytes twice");
    return Map.of("pauseMillis", pause, "bytesTwice", twice);
  }

  private List<JsonNode> calls(Work work) {
    return calls.stream().filter(work::made).toList();
  }

  /** After the first loss, until something was to be changed again. */
  private Duration longestPause(Work work) {
    Duration longest = Duration.ZERO;
    Instant last = losses.isEmpty() ? Instant.MAX : losses.get(0);
    for (JsonNode call : calls(work)) {
      Instant at = Instant.parse(call.path("at").asText());
      if (at.isAfter(last)) {
        Duration pause = Duration.between(last, at);
        longest = pause.compareTo(longest) > 0 ? pause : longest;
        last = at;
      }
    }
    return longest;
  }

  /**
   * What was announced to S3 for a key beyond what lies there, or lay there before it was deleted.
   */
  private long bytesTwice(Work work) {
    Map<String, Sent> sent = new TreeMap<>();
    for (JsonNode call : calls(work)) {
      if (call.path("route").asText().matches("PUT (object|part)")) {
        JsonNode request = call.path("request");
        String place = request.path("bucket").asText() + "/" + request.path("key").asText();
        long bytes = request.path("bytes").asLong();
        sent.merge(place, new Sent(bytes, bytes), Sent::and);
      }
    }
    return sent.entrySet().stream()
        .mapToLong(one -> one.getValue().all() - size(one.getKey()).orElse(one.getValue().most()))
        .filter(twice -> twice > 0)
        .sum();
  }

  private Optional<Long> size(String place) {
    int slash = place.indexOf('/');
    return stack
        .sandbox()
        .objects()
        .head(place.substring(0, slash), place.substring(slash + 1))
        .map(ObjectStore.Stored::size);
  }
}
