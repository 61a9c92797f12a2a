package io.towpath.workflows.release;

import io.towpath.workflows.configfile.ConfigFileActivities;
import io.towpath.workflows.etl.Problems;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds out the items of each step, and tells every name that cannot be meant. */
final class StepItems {
  /** They go into arguments, names of files and the ledger. */
  private static final Pattern ITEM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

  private final Problems problems;

  StepItems(Problems problems) {
    this.problems = problems;
  }

  /**
   * The items of the steps that have any.
   *
   * @param fromConfig what the configuration file lists, by step
   */
  Map<String, List<String>> of(List<StepRequest> steps, Map<String, List<String>> fromConfig) {
    Map<String, List<String>> items = new TreeMap<>();
    for (int i = 0; i < steps.size(); i++) {
      StepRequest step = steps.get(i);
      String place = "steps[" + i + "]";
      if (step.items().isPresent()) {
        StepRequest.Items asked = step.items().get();
        List<String> all =
            asked.fromConfig().isPresent()
                ? fromConfig.getOrDefault(step.name(), List.of())
                : asked.names();
        if (asked.fromConfig().isEmpty() || fromConfig.containsKey(step.name())) {
          items.put(step.name(), chosen(place, step, all));
        }
      }
    }
    return items;
  }

  private List<String> chosen(String place, StepRequest step, List<String> all) {
    StepRequest.Items asked = step.items().orElseThrow();
    checkNames(place + ".items", all);
    known(place + ".items.only", asked.only(), all);
    known(place + ".items.exclude", asked.exclude(), all);
    known(place + ".resources.overrides", List.copyOf(step.resources().overrides().keySet()), all);
    List<String> chosen =
        all.stream()
            .filter(item -> asked.only().isEmpty() || asked.only().contains(item))
            .filter(item -> !asked.exclude().contains(item))
            .distinct()
            .toList();
    if (chosen.isEmpty()) {
      problems.add(place + ".items", "are none; there is nothing to run");
    }
    return chosen;
  }

  private void checkNames(String place, List<String> all) {
    if (all.size() > ConfigFileActivities.MOST_ITEMS) {
      problems.add(
          place,
          "are "
              + all.size()
              + "; a step has room for no more than "
              + ConfigFileActivities.MOST_ITEMS);
      return;
    }
    LinkedHashSet<String> seen = new LinkedHashSet<>();
    for (String item : all) {
      if (!seen.add(item)) {
        problems.add(place, "\"" + item + "\" stands twice; which one is meant?");
      }
      if (!ITEM.matcher(item).matches()) {
        problems.add(
            place, "\"" + item + "\" is no name; expected letters, digits, . _ -, at most 80");
      }
    }
  }

  private void known(String place, List<String> named, List<String> all) {
    TreeSet<String> unknown = new TreeSet<>(named);
    all.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      problems.add(
          place, String.join(", ", unknown) + ": no such item; items: " + String.join(", ", all));
    }
  }
}
