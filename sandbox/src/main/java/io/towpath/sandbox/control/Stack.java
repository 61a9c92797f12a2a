package io.towpath.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a platform works or is in maintenance; the control port switches it. */
public final class Stack {
  /** In any other state than READ_WRITE every call is answered 503, reads included. */
  public enum Status {
    READ_WRITE,
    READ_ONLY,
    DOWN
  }

  /**
   * The status at one moment.
   *
   * @param message what the platform tells its users; empty for its own words
   */
  public record State(Status status, Optional<String> message) {
    public boolean works() {
      return status == Status.READ_WRITE;
    }
  }

  private static final State WORKING = new State(Status.READ_WRITE, Optional.empty());
  private static final List<String> NAMES =
      Arrays.stream(Status.values()).map(Status::name).toList();

  private volatile State state = WORKING;

  public State state() {
    return state;
  }

  public void set(Status status, Optional<String> message) {
    state = new State(status, message);
  }

  void reset() {
    state = WORKING;
  }

  /** Applies {@code {"status","message"}}, or says everything that is wrong with it. */
  void apply(JsonNode request) {
    Problems problems = new Problems();
    problems.onlyFields(request, "", Set.of("status", "message"));
    String status = problems.oneOf(request, "", "status", NAMES);
    Optional<String> message =
        request.hasNonNull("message")
            ? Optional.of(problems.text(request, "", "message"))
            : Optional.empty();
    problems.throwIfAny();
    set(Status.valueOf(status), message);
  }

  ObjectNode show() {
    State now = state;
    ObjectNode shown = JsonNodeFactory.instance.objectNode().put("status", now.status().name());
    return shown.put("message", now.message().orElse(null));
  }
}
