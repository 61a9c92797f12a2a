package io.towpath.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What two runs of the same work have in common: everything but names, times, ids and attempts.
 * What an attempt that died had copied, imported or minted lies there for the next one, which tells
 * it as reused.
 */
final class Essence {
  private static final Set<String> DIFFERS =
      Set.of(
          "seconds",
          "since",
          "sessionId",
          "operationKey",
          "specDigest",
          "url",
          "workflowId",
          "runId",
          "reused",
          "imported",
          "copiedFiles",
          "minted",
          "existing",
          "taskId",
          "copiedInS3");

  private final String name;
  private final Map<String, String> facts = new TreeMap<>();
  private int calls;

  /**
   * @param name what all names of this run are made of
   */
  Essence(String name) {
    this.name = name;
  }

  /** Takes what a report or a platform tells. */
  Essence add(String place, JsonNode told) {
    if (told.isArray()) {
      for (int i = 0; i < told.size(); i++) {
        add(place + "[" + i + "]", told.get(i));
      }
    } else if (told.isObject()) {
      told.properties().stream()
          .filter(field -> !DIFFERS.contains(field.getKey()))
          .forEach(field -> add(place + "." + field.getKey(), field.getValue()));
    } else {
      facts.put(place, text(told.asText()));
    }
    return this;
  }

  /** Takes how many calls were made to change something. */
  Essence made(int number) {
    calls = number;
    return this;
  }

  int calls() {
    return calls;
  }

  /** Where the two differ, and how. */
  List<String> differencesFrom(Essence other) {
    Set<String> places = new TreeSet<>(facts.keySet());
    places.addAll(other.facts.keySet());
    List<String> differences = new ArrayList<>();
    for (String place : places) {
      String here = facts.getOrDefault(place, "nothing");
      String there = other.facts.getOrDefault(place, "nothing");
      if (!here.equals(there)) {
        differences.add(place + " is " + here + ", not " + there);
      }
    }
    return differences;
  }

  private String text(String told) {
    return told.replace(name, "NAME")
        .replaceAll("\\bsyn\\d+", "syn")
        .replaceAll("(?<=[-/])[a-z2-7]{13}\\b", "KEY")
        .replaceAll("\\d+\\.\\d+ kB", "kB")
        .replaceAll("\\d+ (reused|imported|there already|ids made)", "$1");
  }
}
