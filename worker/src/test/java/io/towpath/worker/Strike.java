package io.towpath.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A fault that calls of a cell meet.
 *
 * @param route platform and route, with a blank between
 * @param skip how many of the cell's calls of this route go well before
 * @param times how many meet it then
 * @param fault its name, as records call it
 * @param effect what the sandbox does, as its rules have it
 */
record Strike(String route, int skip, int times, String fault, String effect) {
  /** The call after so many of its route, once. */
  static Strike once(String route, int skip, Map.Entry<String, String> fault) {
    return new Strike(route, skip, 1, fault.getKey(), fault.getValue());
  }

  /** The same, of so many calls one after the other. */
  Strike times(int number) {
    return new Strike(route, skip, number, fault, effect);
  }

  /** How many calls meet a fault of these, at most. */
  static int calls(List<Strike> strikes) {
    return strikes.stream().mapToInt(Strike::times).sum();
  }

  /** A rule of the sandbox for every call of the route, whoever makes it. */
  ObjectNode rule() {
    ObjectNode rule = Stack.JSON.createObjectNode();
    int space = route.indexOf(' ');
    rule.put("platform", route.substring(0, space)).put("route", route.substring(space + 1));
    rule.put("skip", skip).put("times", times);
    try {
      return rule.set("do", Stack.JSON.readTree(effect));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A rule for the calls of one cell. */
  ObjectNode rule(Cell cell) {
    return rule().put("bodyMatches", cell.calls());
  }

  /** As records tell it; the last word is the fault. */
  String told() {
    return route + " #" + (skip + 1) + " " + (times == 1 ? "" : times + " times ") + fault;
  }
}
