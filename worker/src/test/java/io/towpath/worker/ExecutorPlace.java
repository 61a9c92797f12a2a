package io.towpath.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** An executor as a test drives it: how the next containers go on, and what was asked of it. */
interface ExecutorPlace {
  /** The request's field. */
  Map<String, Object> executor();

  /** The next container ends with this exit code; those planned first come first. */
  void ends(int exitCode);

  /** The next container goes on until it is stopped. */
  void lasts();

  /** Names of the containers that were submitted, since the place was made. */
  List<String> submitted();

  /** How much memory they got, in MiB. */
  Set<Integer> memoryMb();

  /** Names of those that were told to stop. */
  Set<String> stopped();

  /**
   * A stand-in of the sandbox.
   *
   * @param platform its name at the control port
   * @param words its words for one that runs, ended well, ended otherwise
   * @param routes its routes that submit, that say how large, and that stop
   * @param memory finds MiB in what the second route was sent
   */
  record OfSandbox(
      Stack stack,
      String platform,
      Map<String, Object> executor,
      List<String> words,
      List<String> routes,
      Function<JsonNode, Integer> memory,
      long since)
      implements ExecutorPlace {

    @Override
    public void ends(int exitCode) {
      plan(
          "{\"status\":\"%s\",\"forMs\":50},{\"status\":\"%s\",\"detail\":{\"exitStatus\":%d}}"
              .formatted(words.get(0), words.get(exitCode == 0 ? 1 : 2), exitCode));
    }

    @Override
    public void lasts() {
      plan(
          "{\"status\":\"%s\",\"forMs\":600000},{\"status\":\"%s\"}"
              .formatted(words.get(0), words.get(1)));
    }

    private void plan(String steps) {
      stack.control(
          "POST",
          "/plans",
          "{\"platform\":\"" + platform + "\",\"match\":\"^tp-\",\"steps\":[" + steps + "]}");
    }

    @Override
    public List<String> submitted() {
      return names(routes.get(0));
    }

    @Override
    public Set<Integer> memoryMb() {
      Set<Integer> found = new TreeSet<>();
      stack
          .effects(platform, routes.get(1), since)
          .forEach(effect -> found.add(memory.apply(effect.path("request"))));
      return found;
    }

    @Override
    public Set<String> stopped() {
      return Set.copyOf(names(routes.get(2)));
    }

    private List<String> names(String route) {
      return stack.effects(platform, route, since).stream()
          .map(effect -> effect.at("/object/name").asText())
          .toList();
    }
  }
}
