package io.towpath.workflows.release;

import io.towpath.workflows.containers.ContainerEnd;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How one item of a step ended.
 *
 * @param item empty where the step has no items
 * @param state how
 * @param attempts containers that were submitted for it by this generation
 * @param memoryGb what the last one had
 * @param last the end of the last container; empty where none ended
 * @param why what happened, in words; empty after success
 * @param earlier what became of the attempts before the last one, in words
 */
record ItemEnd(
    String item,
    State state,
    int attempts,
    int memoryGb,
    Optional<ContainerEnd> last,
    String why,
    List<String> earlier) {
  private static final int MOST_EARLIER = 5;

  /** States of an item. */
  enum State {
    SUCCEEDED,
    /** An earlier generation did it; nothing was run. */
    DONE_BEFORE,
    FAILED,
    /** Left out: by an operator, or as another one failed. */
    SKIPPED,
    /** The executor cannot tell what became of it; an operator has to decide. */
    UNCLEAR
  }

  static ItemEnd doneBefore(String item) {
    return new ItemEnd(item, State.DONE_BEFORE, 0, 0, Optional.empty(), "", List.of());
  }

  static ItemEnd skipped(String item, String why) {
    return new ItemEnd(item, State.SKIPPED, 0, 0, Optional.empty(), why, List.of());
  }

  boolean well() {
    return state == State.SUCCEEDED || state == State.DONE_BEFORE;
  }

  Map<String, Object> report(String step) {
    Map<String, Object> report = new TreeMap<>();
    report.put("name", item.isEmpty() ? step : step + "/" + item);
    report.put("status", state.name());
    report.put("attempts", attempts);
    if (attempts > 0) {
      report.put("memoryGb", memoryGb);
    }
    last.ifPresent(
        end -> {
          report.put("externalId", end.externalId());
          end.exitCode().ifPresent(code -> report.put("exitCode", code));
          end.log().ifPresent(log -> report.put("logUri", log.value()));
          end.ran().ifPresent(ran -> report.put("durationS", ran.toMillis() / 1000.0));
          List<Map<String, Object>> outputs = Output.told(end.logTail());
          if (!outputs.isEmpty()) {
            report.put("outputs", outputs);
          }
        });
    if (!why.isEmpty()) {
      report.put("why", why);
    }
    if (!earlier.isEmpty()) {
      int first = Math.max(0, earlier.size() - MOST_EARLIER);
      report.put("earlier", earlier.subList(first, earlier.size()));
    }
    return report;
  }
}
