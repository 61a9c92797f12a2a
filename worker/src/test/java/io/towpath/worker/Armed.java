package io.towpath.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Faults that are in force at the sandbox until this is closed. */
final class Armed implements AutoCloseable {
  private final Stack stack;
  private final Map<String, Strike> rules = new LinkedHashMap<>();

  private Armed(Stack stack, List<Strike> strikes, Function<Strike, ObjectNode> rule) {
    this.stack = stack;
    for (Strike strike : strikes) {
      JsonNode made = stack.control("POST", "/faults", rule.apply(strike).toString());
      rules.put(made.path("id").asText(), strike);
    }
  }

  /** Against one cell's calls that tell whose they are. */
  static Armed against(Cell cell, List<Strike> strikes) {
    return new Armed(cell.stack(), strikes, strike -> strike.rule(cell));
  }

  /**
   * Against everybody's calls, for cells that run alone: reads often do not tell whose they are.
   */
  static Armed againstAll(Stack stack, List<Strike> strikes) {
    return new Armed(stack, strikes, Strike::rule);
  }

  /** Those that fewer calls met than were to. */
  List<Strike> missed() {
    Map<String, Strike> missed = new LinkedHashMap<>(rules);
    for (JsonNode rule : stack.control("GET", "/faults", "")) {
      missed.computeIfPresent(
          rule.path("id").asText(),
          (id, strike) -> rule.path("hits").asInt() < strike.times() ? strike : null);
    }
    return List.copyOf(missed.values());
  }

  @Override
  public void close() {
    rules.keySet().forEach(id -> stack.control("DELETE", "/faults/" + id, ""));
  }
}
