package io.towpath.activities.tower;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.tower.RunSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which AVAILABLE compute environment a request means. */
final class ComputeEnvChoice {
  private final TowerDirectory directory;
  private final long workspace;

  ComputeEnvChoice(TowerDirectory directory, long workspace) {
    this.directory = directory;
    this.workspace = workspace;
  }

  /**
   * The compute environment in full; missing when there is none, which is then a problem.
   *
   * @param launch the launchpad's launch, whose own environment is taken when none is asked for
   */
  JsonNode resolve(RunSpec spec, JsonNode launch, List<Problem> problems) {
    List<JsonNode> available = directory.computeEnvs(workspace);
    Optional<JsonNode> chosen =
        spec.computeEnv().isPresent()
            ? named(available, spec.computeEnv().get())
            : spec.match().isPresent()
                ? newestMatch(available, spec.match().get())
                : usual(available, RunRow.text(launch.path("computeEnv"), "id"));
    if (chosen.isEmpty()) {
      problems.add(new Problem(spec.place() + ".computeEnv", missing(spec, available)));
      return MissingNode.getInstance();
    }
    return directory.computeEnv(workspace, RunRow.text(chosen.get(), "id"));
  }

  private static Optional<JsonNode> named(List<JsonNode> available, String wanted) {
    return available.stream()
        .filter(row -> RunRow.text(row, "id").equals(wanted))
        .findFirst()
        .or(
            () ->
                available.stream()
                    .filter(row -> RunRow.text(row, "name").equals(wanted))
                    .findFirst());
  }

  /** The list's rows have no date on every server, so two or more are looked at in full. */
  private Optional<JsonNode> newestMatch(List<JsonNode> available, String part) {
    List<JsonNode> matching =
        available.stream().filter(row -> RunRow.text(row, "name").contains(part)).toList();
    if (matching.size() < 2) {
      return matching.stream().findFirst();
    }
    return matching.stream()
        .map(row -> directory.computeEnv(workspace, RunRow.text(row, "id")))
        .max(Comparator.comparing(row -> RunRow.text(row, "dateCreated")));
  }

  private static Optional<JsonNode> usual(List<JsonNode> available, String ofLaunch) {
    if (!ofLaunch.isEmpty()) {
      return named(available, ofLaunch);
    }
    if (available.size() == 1) {
      return Optional.of(available.get(0));
    }
    return available.stream().filter(row -> row.path("primary").asBoolean(false)).findFirst();
  }

  private static String missing(RunSpec spec, List<JsonNode> available) {
    String wanted =
        spec.computeEnv()
            .map(name -> "no AVAILABLE compute environment has the id or name \"" + name + "\"")
            .or(
                () ->
                    spec.match()
                        .map(
                            part ->
                                "no AVAILABLE compute environment has \""
                                    + part
                                    + "\" in its name"))
            .orElse("none is given and the workspace has no primary one");
    String names =
        available.stream().map(row -> RunRow.text(row, "name")).collect(Collectors.joining(", "));
    return wanted + "; AVAILABLE are: " + (names.isEmpty() ? "none" : names);
  }
}
