package io.towpath.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The fault rules in force, asked once for every call. */
public final class Faults {
  private static final class Armed {
    private final String id;
    private final FaultRule rule;
    private long seen;
    private long hits;

    private Armed(String id, FaultRule rule) {
      this.id = id;
      this.rule = rule;
    }

    private boolean strikes() {
      seen++;
      return seen > rule.skip() && hits < rule.times();
    }
  }

  private final List<Armed> rules = new ArrayList<>();
  private long last;

  /** Adds a rule and returns its id. */
  public synchronized String add(FaultRule rule) {
    last++;
    String id = "fault-" + last;
    rules.add(new Armed(id, rule));
    return id;
  }

  /**
   * The fault that strikes this call: of the first rule that is due. Every other rule before it
   * that fits counts the call as one of those it skips.
   *
   * @param body asked for only when a rule looks at bodies
   */
  public synchronized Optional<Fault> take(String platform, String route, Supplier<String> body) {
    for (Armed armed : rules) {
      if (armed.rule.isAbout(platform, route)
          && (armed.rule.bodyMatches().isEmpty() || armed.rule.fits(body.get()))
          && armed.strikes()) {
        armed.hits++;
        return Optional.of(armed.rule.fault());
      }
    }
    return Optional.empty();
  }

  /** Whether a rule on this route looks at bodies, so that they must be read first. */
  public synchronized boolean looksAtBodies(String platform, String route) {
    return rules.stream()
        .anyMatch(
            armed -> armed.rule.isAbout(platform, route) && armed.rule.bodyMatches().isPresent());
  }

  /** The rules as they were given, with their ids and hits. */
  public synchronized List<JsonNode> list() {
    List<JsonNode> shown = new ArrayList<>();
    for (Armed armed : rules) {
      ObjectNode rule = armed.rule.shown().deepCopy();
      shown.add(rule.put("id", armed.id).put("hits", armed.hits));
    }
    return shown;
  }

  public synchronized boolean remove(String id) {
    return rules.removeIf(armed -> armed.id.equals(id));
  }

  public synchronized void clear() {
    rules.clear();
  }
}
