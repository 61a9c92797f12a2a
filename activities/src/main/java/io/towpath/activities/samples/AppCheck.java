package io.towpath.activities.samples;

import io.towpath.activities.samples.AppInputs.AppInput;
import io.towpath.activities.samplesheet.ProblemList;
import io.towpath.activities.samplesheet.Shortened;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Compares the inputs of tasks with those that their app has, and adds what the app suggests. */
final class AppCheck {
  private final Optional<AppInputs> app;
  private final Map<String, Object> suggested = new TreeMap<>();
  private final ProblemList problems;

  /**
   * @param app empty where inputs are not checked
   * @param suggested files that are there for inputs which are not set, by input id
   */
  AppCheck(Optional<AppInputs> app, Map<String, Object> suggested, ProblemList problems) {
    this.app = app;
    this.problems = problems;
    suggested.forEach((id, value) -> this.suggested.put(CwlType.lastOf(id), value));
  }

  /** Tells inputs that the app does not have, and those that it needs and nobody sets. */
  void checkNames(Set<String> set, String place) {
    app.ifPresent(
        inputs -> {
          set.forEach(id -> requireKnown(id, inputs, place));
          inputs.all().forEach(input -> requireSet(input, set, place));
        });
  }

  /**
   * The inputs as the app takes them, with what it suggests; a value of another type is told.
   *
   * @param set ids of the inputs that the request sets, with or without a value for this sample
   */
  Map<String, Object> complete(Map<String, Object> values, Set<String> set, String place) {
    Map<String, Object> complete = new TreeMap<>();
    if (app.isEmpty()) {
      suggested.forEach((id, value) -> put(complete, id, value, set));
      complete.putAll(values);
      return complete;
    }
    for (AppInput input : app.get().all()) {
      Optional<Object> value =
          set.contains(input.id())
              ? Optional.ofNullable(values.get(input.id()))
              : suggestionOf(input);
      if (value.isPresent() || (set.contains(input.id()) && input.needed())) {
        typed(input, value, place).ifPresent(taken -> complete.put(input.id(), taken));
      }
    }
    return complete;
  }

  private static void put(Map<String, Object> complete, String id, Object value, Set<String> set) {
    if (!set.contains(id)) {
      complete.put(id, value);
    }
  }

  private Optional<Object> suggestionOf(AppInput input) {
    Optional<Object> plain =
        input.needed() && !input.suggestsFiles()
            ? input.suggested().flatMap(input.type()::take)
            : Optional.empty();
    return Optional.ofNullable(suggested.get(input.id())).or(() -> plain);
  }

  private Optional<Object> typed(AppInput input, Optional<Object> value, String place) {
    Optional<Object> taken = value.flatMap(input.type()::take);
    if (taken.isEmpty()) {
      problems.add(
          place,
          "tasks.inputs."
              + input.id()
              + ": found "
              + value.map(AppCheck::described).orElse("nothing")
              + ", expected "
              + input.type());
    }
    return taken;
  }

  private void requireKnown(String id, AppInputs inputs, String place) {
    if (inputs.find(id).isEmpty()) {
      problems.add(
          place,
          "the app has no input \""
              + Shortened.of(id)
              + "\""
              + GroupedSheet.meant(id, inputs.ids())
              + "; it has "
              + String.join(", ", inputs.ids()));
    }
  }

  private void requireSet(AppInput input, Set<String> set, String place) {
    if (!input.needed() || set.contains(input.id()) || suggestionOf(input).isPresent()) {
      return;
    }
    problems.add(
        place,
        "the app needs "
            + input.id()
            + " ("
            + input.type()
            + "), which is not set"
            + (input.suggestsFiles()
                ? "; set it, or let app.suggestedFiles be \"copy\""
                : "; set it"));
  }

  private static String described(Object value) {
    if (value instanceof List<?> list) {
      return list.size() == 1 ? "a list of one" : "a list of " + list.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.get("class") instanceof String name ? "a " + name : "an object";
    }
    return value instanceof String ? "\"" + Shortened.of(value) + "\"" : Shortened.of(value);
  }
}
