package io.towpath.workflows.release;

import io.towpath.workflows.request.Fields;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request that runs nothing and promotes what an earlier release was recorded as. */
final class Rollback {
  static final String FIELD = "rollbackTo";

  private static final List<String> NEEDED_OTHERWISE = List.of("image", "steps");

  /** What is of use only where something is run. */
  private static final List<String> OF_STEPS =
      List.of(
          "image", "config", "steps", "executor", "secrets", "variables", "exclusive", "verify");

  private Rollback() {}

  /** Reads which release is promoted again; empty in a request that makes one. */
  static Optional<String> read(Fields fields, Function<String, String> name) {
    return fields.optionalValue(
        FIELD,
        name,
        "run nothing, and promote again what this earlier release of the project and environment"
            + " was recorded as");
  }

  /** Notes what a rollback has no use for, and what any other request cannot do without. */
  static void check(Fields fields, Optional<String> rollbackTo, boolean promotes) {
    if (rollbackTo.isEmpty()) {
      NEEDED_OTHERWISE.stream()
          .filter(name -> isMissing(fields.raw(name)))
          .forEach(name -> fields.problem(name, "missing; it is required"));
      return;
    }
    TreeSet<String> idle = new TreeSet<>(OF_STEPS);
    idle.removeIf(name -> fields.raw(name) == null);
    idle.forEach(
        name -> fields.problem(name, "has no place beside " + FIELD + ", which runs nothing"));
    if (!promotes) {
      fields.problem("promote", "missing; " + FIELD + " needs where to promote it to");
    }
  }

  private static boolean isMissing(@Nullable Object given) {
    return given == null || (given instanceof List<?> list && list.isEmpty());
  }
}
