package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.workflows.sevenbridges.TargetSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether there is the app at its revision, and the files that it suggests. */
final class AppCheck {
  private final SevenBridgesClient client;
  private final TargetSpec spec;
  private final Obstacles obstacles;

  AppCheck(SevenBridgesClient client, TargetSpec spec, Obstacles obstacles) {
    this.client = client;
    this.spec = spec;
    this.obstacles = obstacles;
  }

  /** The app with the revision that it has now; as it was written where it is not to be found. */
  String pinned() {
    if (!spec.app().matches("[^/]+/[^/]+/[^/]+")) {
      obstacles.problem(
          "app.id",
          "\"" + spec.app() + "\" is not owner/project/name; the revision is app.revision");
      return spec.app();
    }
    Optional<JsonNode> newest = found("app.id", spec.app(), "is its id right, and the platform?");
    Optional<JsonNode> app =
        spec.revision().isEmpty() || newest.isEmpty() || hasRevision(newest.get())
            ? newest
            : found(
                "app.revision",
                spec.app() + "/" + spec.revision().get(),
                "its newest revision is " + newest.get().path("revision").asText("unknown"));
    if (app.isPresent() && spec.copySuggestedFiles()) {
      suggestions(SuggestedFiles.of(app.get().path("raw")));
    }
    return app.map(AppCopy::revisionId).orElse(spec.app());
  }

  private boolean hasRevision(JsonNode app) {
    return spec.revision()
        .filter(revision -> app.path("revision").asInt(-1) == revision)
        .isPresent();
  }

  private Optional<JsonNode> found(String place, String id, String remedy) {
    return obstacles.find(
        new Obstacles.Thing(place, "app " + id, "read and copy in the project of the app", remedy),
        () -> client.app(id));
  }

  private void suggestions(SuggestedFiles suggested) {
    Map<String, String> unreadable = new TreeMap<>();
    List<String> ids = suggested.fileIds();
    if (!ids.isEmpty()) {
      ReferenceCopies.look(client, ids, unreadable);
    }
    unreadable.forEach(
        (id, words) ->
            obstacles.problem(
                "app.suggestedFiles",
                "the app suggests file "
                    + id
                    + ", which cannot be copied: "
                    + words
                    + "; do not copy suggested files, and set these inputs yourself"));
    for (String input : suggested.notFiles()) {
      obstacles.warning(
          "what the app suggests for input "
              + input
              + " is no file and is not copied; set it in tasks.inputs if it is needed");
    }
  }
}
