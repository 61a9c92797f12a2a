package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * Every mutating call of a fault-free piece of work, crossed with faults. The calls come from the
 * recorded work, so a new one is covered by itself.
 */
final class FaultMatrix {
  /** What a call may meet that has its effect and whose answer is lost. */
  static final Map<String, String> LOST =
      Map.of(
          "drop-after-commit", "{\"kind\":\"drop-after-commit\"}",
          "late-commit", "{\"kind\":\"late-commit\",\"ms\":100}",
          "503-after-commit", "{\"kind\":\"status-after-commit\",\"code\":503,\"body\":\"\"}");

  static final Map<String, String> ALL =
      Map.of(
          "refuse", "{\"kind\":\"refuse\"}",
          "drop-before-commit", "{\"kind\":\"drop-before-commit\"}",
          "drop-after-commit", "{\"kind\":\"drop-after-commit\"}",
          "late-commit", "{\"kind\":\"late-commit\",\"ms\":100}",
          "502-after-commit",
              "{\"kind\":\"status-after-commit\",\"code\":502,\"body\":\"<html>bad"
                  + " gateway</html>\"}",
          "html", "{\"kind\":\"html\"}",
          "truncate", "{\"kind\":\"truncate\",\"bytes\":3}");

  private final Stack stack;
  private final List<Recorded> recorded = new ArrayList<>();

  /**
   * @param calls how often each mutating route was called in a way that tells whose call it is
   */
  private record Recorded(Cell.Kind kind, Essence outcome, Map<String, Integer> calls) {}

  /**
   * @param kinds the cheapest first: a call is struck in the first that makes it
   */
  FaultMatrix(Stack stack, Cell.Kind... kinds) {
    this.stack = stack;
    for (Cell.Kind kind : kinds) {
      recorded.add(record(kind, "recorded" + recorded.size()));
    }
  }

  private Recorded record(Cell.Kind kind, String name) {
    stack.effects("", "");
    long since = stack.lastEffectSeen();
    Cell cell = kind.named(name);
    Essence outcome = Trial.undisturbed(cell).run();
    Pattern ours = Pattern.compile(cell.calls());
    Map<String, Integer> calls = new TreeMap<>();
    for (JsonNode effect : stack.effects("", "", since)) {
      String route = effect.path("platform").asText() + " " + effect.path("route").asText();
      boolean told = ours.matcher(effect.path("request").toString()).find();
      calls.merge(route, told ? 1 : 0, Integer::sum);
    }
    assertThat(calls.values()).as("calls to aim at: " + calls).doesNotContain(0);
    return new Recorded(kind, outcome, calls);
  }

  /** The first call of each route under each fault. */
  List<DynamicTest> everyRoute(Map<String, String> faults) {
    return cells(faults, "route", 1);
  }

  /** The first calls of all routes in one cell for each fault, one after the other. */
  List<DynamicTest> allRoutes(Map<String, String> faults) {
    Map<String, Runnable> cells = new LinkedHashMap<>();
    Set<String> struck = new HashSet<>();
    for (Recorded work : recorded) {
      List<String> routes = work.calls().keySet().stream().filter(struck::add).toList();
      new TreeMap<>(faults)
          .forEach(
              (fault, effect) -> {
                Cell cell = work.kind().named("all" + cells.size());
                List<ObjectNode> rules =
                    routes.stream().map(route -> rule(cell, route, 0, effect)).toList();
                cells.put(fault + " of " + routes, () -> struck(cell, rules, work.outcome()));
              });
    }
    return AtOnce.tests(cells);
  }

  /** Each call of each route under each fault. */
  List<DynamicTest> everyCall(Map<String, String> faults) {
    return cells(faults, "call", Integer.MAX_VALUE);
  }

  /** The first call of one route under each fault, of work that a lost answer does not spare. */
  List<DynamicTest> oneRoute(Cell.Kind kind, String route, Map<String, String> faults) {
    Map<String, Runnable> cells = new LinkedHashMap<>();
    new TreeMap<>(faults)
        .forEach(
            (fault, effect) -> {
              Cell cell = kind.named("one" + cells.size());
              cells.put(
                  route + " " + fault,
                  () -> struck(cell, List.of(rule(cell, route, 0, effect)), null));
            });
    return AtOnce.tests(cells);
  }

  private List<DynamicTest> cells(Map<String, String> faults, String prefix, int most) {
    Map<String, Runnable> cells = new LinkedHashMap<>();
    Set<String> struck = new HashSet<>();
    for (Recorded work : recorded) {
      work.calls()
          .forEach(
              (route, times) -> {
                for (int nth = 0; nth < Math.min(times, most); nth++) {
                  String call = route + " #" + (nth + 1);
                  if (struck.add(call)) {
                    int skip = nth;
                    new TreeMap<>(faults)
                        .forEach(
                            (fault, effect) -> {
                              Cell cell = work.kind().named(prefix + cells.size());
                              cells.put(
                                  call + " " + fault,
                                  () ->
                                      struck(
                                          cell,
                                          List.of(rule(cell, route, skip, effect)),
                                          work.outcome()));
                            });
                  }
                }
              });
    }
    return AtOnce.tests(cells);
  }

  private static ObjectNode rule(Cell cell, String route, int skip, String effect) {
    ObjectNode rule = Stack.JSON.createObjectNode();
    int space = route.indexOf(' ');
    rule.put("platform", route.substring(0, space)).put("route", route.substring(space + 1));
    rule.put("skip", skip).put("times", 1).put("bodyMatches", cell.calls());
    try {
      return rule.set("do", Stack.JSON.readTree(effect));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void struck(Cell cell, List<ObjectNode> rules, @Nullable Essence undisturbed) {
    Map<String, ObjectNode> armed = new LinkedHashMap<>();
    for (ObjectNode rule : rules) {
      armed.put(stack.control("POST", "/faults", rule.toString()).path("id").asText(), rule);
    }
    Trial.of(cell, "fault", rules.stream().map(FaultMatrix::told).toList())
        .against(undisturbed)
        .run();
    armed.forEach(
        (id, rule) -> {
          assertThat(hits(id)).as("the fault struck: " + rule).isEqualTo(1);
          stack.control("DELETE", "/faults/" + id, "");
        });
  }

  private static String told(ObjectNode rule) {
    return rule.path("platform").asText()
        + " "
        + rule.path("route").asText()
        + " #"
        + (rule.path("skip").asInt() + 1)
        + " "
        + rule.at("/do/kind").asText();
  }

  private int hits(String id) {
    for (JsonNode rule : stack.control("GET", "/faults", "")) {
      if (rule.path("id").asText().equals(id)) {
        return rule.path("hits").asInt();
      }
    }
    return 0;
  }
}
