package io.towpath.proof.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One scenario as the rules see it: what it asked for, what it sent, and the platforms, of which
 * each thing is read once.
 */
final class Scene {
  final Expectation asked;
  final Platforms platforms;

  /** Everything that the scenario sent, its second start included. */
  final Journal all;

  /** What it sent until the same request was begun again. */
  final Journal sent;

  private final Map<String, Optional<JsonNode>> entities = new HashMap<>();
  private final Map<String, Optional<byte[]>> objects = new HashMap<>();
  private final Map<String, Map<String, String>> filed = new HashMap<>();
  private final Map<String, List<Start>> starts = new HashMap<>();

  Scene(Expectation asked, Platforms platforms) {
    this(asked, platforms, platforms.journal(asked.since));
  }

  /** With a journal that was read, or made up, elsewhere. */
  Scene(Expectation asked, Platforms platforms, Journal everybody) {
    this.asked = asked;
    this.platforms = platforms;
    this.all = everybody.of(asked.mark);
    this.sent = all.upTo(asked.again.orElse(Long.MAX_VALUE));
  }

  Optional<JsonNode> entity(String id) {
    return entities.computeIfAbsent(id, platforms::entity);
  }

  Optional<byte[]> object(String uri) {
    return objects.computeIfAbsent(uri, platforms.s3()::object);
  }

  /**
   * The bytes of a file of Synapse: from its place when that is the scenario's own, or else as its
   * user gets them.
   */
  Optional<byte[]> content(String id, String uri) {
    return asked.own.stream().anyMatch(uri::startsWith)
        ? object(uri)
        : objects.computeIfAbsent(id, platforms::content);
  }

  /** Ids of all files below a folder of Synapse, by their path. */
  Map<String, String> filed(String folder) {
    Map<String, String> known = filed.get(folder);
    if (known != null) {
      return known;
    }
    Map<String, String> below = new TreeMap<>();
    for (JsonNode child : platforms.children(folder)) {
      String name = child.path("name").asText();
      String id = child.path("id").asText();
      if (child.path("type").asText().endsWith(".Folder")) {
        filed(id).forEach((path, file) -> below.put(name + "/" + path, file));
      } else {
        below.put(name, id);
      }
    }
    filed.put(folder, below);
    return below;
  }

  /** Platform runs that began for a logical run. */
  List<Start> starts(Expectation.Run run) {
    return starts(run.platform()).stream()
        .filter(start -> run.which().matcher(start.text()).find())
        .toList();
  }

  /** Every platform run that began on a platform. */
  List<Start> starts(String platform) {
    return starts.computeIfAbsent(platform, this::begun);
  }

  private List<Start> begun(String platform) {
    List<Start> begun = new ArrayList<>();
    for (Entry entry : sent.committed()) {
      if (Start.begins(entry) && entry.platform().equals(platform)) {
        begun.add(new Start(entry, calls(entry.id()), platforms.state(platform, entry.id())));
      }
    }
    return begun;
  }

  /** What is known of an object by all calls that concern it. */
  private String calls(String id) {
    return sent.entries().stream()
        .filter(entry -> entry.id().equals(id))
        .map(Entry::text)
        .collect(Collectors.joining("\n"));
  }
}
