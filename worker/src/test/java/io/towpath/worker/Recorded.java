package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Work that nothing happened to.
 *
 * @param outcome what it came to
 * @param calls how often each mutating route was called in a way that tells whose call it is, by
 *     platform and route with a blank between
 */
record Recorded(Cell.Kind kind, Essence outcome, Map<String, Integer> calls) {
  static Recorded of(Stack stack, Cell.Kind kind, String name) {
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
}
