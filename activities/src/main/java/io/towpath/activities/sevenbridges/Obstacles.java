package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what stands in the way of a request, and what should be known besides. */
final class Obstacles {
  private final String user;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * @param user whose rights count
   */
  Obstacles(String user) {
    this.user = user;
  }

  /**
   * Something that a request names.
   *
   * @param place the request's field
   * @param name of the thing, for people
   * @param right that reading it needs
   * @param remedy what to do when there is no such thing; empty where that is no problem
   */
  record Thing(String place, String name, String right, String remedy) {}

  String user() {
    return user;
  }

  void problem(String place, String text) {
    problems.add(new Problem(place, text));
  }

  void warning(String text) {
    warnings.add(text);
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** The thing; empty where there is none or it may not be read, which is noted. */
  Optional<JsonNode> find(Thing thing, Supplier<Optional<JsonNode>> ask) {
    try {
      Optional<JsonNode> found = ask.get();
      if (found.isEmpty() && !thing.remedy().isEmpty()) {
        problem(
            thing.place(),
            "user " + user + " sees no " + thing.name() + " on this platform; " + thing.remedy());
      }
      return found;
    } catch (PlatformException e) {
      if (e.kind() != FailureKind.ACCESS_DENIED || e.status() == 401) {
        throw e;
      }
      problem(
          thing.place(),
          "user "
              + user
              + " may not read "
              + thing.name()
              + "; ask its administrator for the right: "
              + thing.right());
      return Optional.empty();
    }
  }
}
