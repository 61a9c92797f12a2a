package io.towpath.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What was done for one release, as the journals have it.
 *
 * @param ours what the bodies of its calls match
 * @param since the last effect before it
 */
record ReleaseEffects(Stack stack, Pattern ours, long since) {
  private static final String CREATE = "POST /containers/create";

  /** Names of the containers that were made. */
  List<String> made() {
    return names(of("container", CREATE));
  }

  List<String> begun() {
    return names(of("container", "POST /containers/{id}/start"));
  }

  List<String> stopped() {
    return amongMade("POST /containers/{id}/stop");
  }

  List<String> removed() {
    return amongMade("DELETE /containers/{id}");
  }

  /** What the containers were given, each name once. */
  Collection<Long> memory() {
    return of("container", CREATE).stream()
        .collect(
            Collectors.toMap(
                effect -> effect.at("/object/name").asText(),
                effect -> effect.at("/request/HostConfig/Memory").asLong(),
                (one, again) -> one))
        .values();
  }

  /** Of the messages that were sent at Synapse. */
  List<String> subjects() {
    return of("synapse", "POST /message").stream()
        .map(effect -> effect.at("/request/subject").asText())
        .toList();
  }

  List<JsonNode> of(String platform, String route) {
    return stack.effects(platform, route, since).stream()
        .filter(effect -> ours.matcher(effect.toString()).find())
        .toList();
  }

  /** Calls by an id tell the name only. */
  private List<String> amongMade(String route) {
    List<String> made = made();
    return names(stack.effects("container", route, since)).stream().filter(made::contains).toList();
  }

  private static List<String> names(List<JsonNode> effects) {
    return effects.stream().map(effect -> effect.at("/object/name").asText()).toList();
  }
}
