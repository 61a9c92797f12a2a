package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Job definitions or task definitions: names with revisions, of which each stays as it is. */
final class Definitions {
  /**
   * One revision.
   *
   * @param body as it was registered
   */
  record Definition(String arn, String name, int revision, ObjectNode body, boolean active) {
    String brief() {
      return name + ":" + revision;
    }
  }

  private final String arnPrefix;
  private final Map<String, List<Definition>> byName = new LinkedHashMap<>();

  /**
   * @param arnPrefix what stands before {@code NAME:REVISION} in an ARN
   */
  Definitions(String arnPrefix) {
    this.arnPrefix = arnPrefix;
  }

  synchronized Definition register(String name, ObjectNode body) {
    List<Definition> revisions = byName.computeIfAbsent(name, any -> new ArrayList<>());
    int revision = revisions.size() + 1;
    Definition made = new Definition(arnPrefix + name + ":" + revision, name, revision, body, true);
    revisions.add(made);
    return made;
  }

  /** All, in the order of their names' first registration and then of revisions. */
  synchronized List<Definition> all() {
    return byName.values().stream().flatMap(List::stream).toList();
  }

  /** What {@code NAME:REVISION}, an ARN, or a name (its newest active revision) means. */
  synchronized Optional<Definition> find(String text) {
    String brief = text.startsWith(arnPrefix) ? text.substring(arnPrefix.length()) : text;
    int colon = brief.lastIndexOf(':');
    String name = colon < 0 ? brief : brief.substring(0, colon);
    List<Definition> revisions = byName.getOrDefault(name, List.of());
    return colon < 0
        ? revisions.stream().filter(Definition::active).reduce((first, second) -> second)
        : revisions.stream().filter(one -> one.brief().equals(brief)).findFirst();
  }

  /** Makes a revision inactive: nothing new is run by it. */
  synchronized Definition deregister(Definition old) {
    Definition gone = new Definition(old.arn(), old.name(), old.revision(), old.body(), false);
    List<Definition> revisions = byName.getOrDefault(old.name(), new ArrayList<>());
    revisions.replaceAll(one -> one.revision() == old.revision() ? gone : one);
    return gone;
  }
}
