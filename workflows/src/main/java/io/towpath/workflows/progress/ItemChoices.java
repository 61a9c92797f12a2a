package io.towpath.workflows.progress;

import io.towpath.workflows.progress.Operator.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Items of stages that people may decide about one by one, and what they decided. */
public final class ItemChoices {
  private final Map<String, String> aliases;
  private final Map<String, List<String>> open = new TreeMap<>();
  private final Map<String, Map<String, Decision>> made = new TreeMap<>();

  /**
   * @param aliases stages by the names that the request has for them
   */
  ItemChoices(Map<String, String> aliases) {
    this.aliases = aliases;
  }

  /** These items of a stage, and no others of it. */
  public void offer(String stage, List<String> items) {
    open.put(stage, List.copyOf(items));
  }

  public void close(String stage) {
    open.remove(stage);
  }

  /** Everything that is open, as people may call it. */
  List<String> names() {
    TreeSet<String> names = new TreeSet<>();
    open.forEach((stage, items) -> items.forEach(item -> names.add(item.isEmpty() ? stage : item)));
    return new ArrayList<>(names);
  }

  boolean has(String word) {
    return open.keySet().stream().anyMatch(stage -> itemOf(stage, word).isPresent());
  }

  /** Decides for whatever these words mean. */
  void decide(List<String> words, Decision decision) {
    open.keySet()
        .forEach(
            stage ->
                words.stream()
                    .flatMap(word -> itemOf(stage, word).stream())
                    .forEach(
                        item ->
                            made.computeIfAbsent(stage, first -> new TreeMap<>())
                                .put(item, decision)));
  }

  /** Whether somebody decided about items of this stage. */
  public boolean decided(String stage) {
    return made.containsKey(stage);
  }

  /** Takes what was decided for items of a stage. */
  public Map<String, Decision> take(String stage) {
    Map<String, Decision> taken = made.remove(stage);
    return taken == null ? new TreeMap<>() : taken;
  }

  /** The item of a stage that is meant by its own name, by {@code step/item}, or by its step's. */
  private Optional<String> itemOf(String stage, String word) {
    List<String> items = open.getOrDefault(stage, List.of());
    int slash = word.indexOf('/');
    if (items.contains(word)) {
      return Optional.of(word);
    }
    String step = slash < 0 ? word : word.substring(0, slash);
    String item = slash < 0 ? "" : word.substring(slash + 1);
    boolean ours = stage.equals(step) || stage.equals(aliases.get(step));
    return Optional.of(item).filter(named -> ours && items.contains(named));
  }
}
