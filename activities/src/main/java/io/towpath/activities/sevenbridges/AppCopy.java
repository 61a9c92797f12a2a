package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.Hidden;
import io.towpath.activities.submit.Once;
import io.towpath.workflows.failure.FailureKind;
import java.util.Optional;

/**
 * An app at its revision, in the project. The copy is named after both, so that each revision has a
 * copy of its own.
 */
final class AppCopy {
  private final ProjectWriter writer;

  AppCopy(ProjectWriter writer) {
    this.writer = writer;
  }

  /**
   * The app in the project with its revision; copied where it is not there.
   *
   * @param app as the platform shows it at the revision that is wanted
   */
  String ensure(String project, JsonNode app) {
    String source = revisionId(app);
    String[] parts = source.split("/", -1);
    if (project.equals(parts[0] + "/" + parts[1])) {
      return source;
    }
    String name = parts[2] + "-r" + parts[3];
    String copy = project + "/" + name;
    return writer
        .submit()
        .submit(
            new Once<>(
                writer.claim(),
                "app",
                source + " to " + copy,
                () -> find(copy, app),
                () -> send(copy, app)));
  }

  /** {@code owner/project/name/revision} of an app as the platform shows it. */
  static String revisionId(JsonNode app) {
    String id = app.path("id").asText("");
    return id.split("/", -1).length > 3 ? id : id + "/" + app.path("revision").asText("0");
  }

  /** People may have added revisions to the copy; the first one is what was copied. */
  private Optional<String> find(String copy, JsonNode app) {
    Optional<JsonNode> newest = writer.client().app(copy);
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    JsonNode first =
        newest.get().path("revision").asInt(0) == 0
            ? newest.get()
            : writer.client().app(copy + "/0").orElse(newest.get());
    if (!isCopy(first, app)) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "the project has an app "
              + copy
              + " that is no copy of "
              + revisionId(app)
              + "; rename it, or set app.copyToProject: false");
    }
    return Optional.of(revisionId(first));
  }

  private String send(String copy, JsonNode app) {
    int cut = copy.lastIndexOf('/');
    ObjectNode body = SevenBridgesApi.object();
    body.put("project", copy.substring(0, cut)).put("name", copy.substring(cut + 1));
    try {
      JsonNode made = writer.client().copyApp(revisionId(app), body.put("strategy", "clone"));
      SevenBridgesApi.required(made, "id");
      return revisionId(made);
    } catch (PlatformException e) {
      if (e.kind() != FailureKind.CONFLICT) {
        throw e;
      }
      return find(copy, app).orElseThrow(() -> Hidden.because(e));
    }
  }

  private static boolean isCopy(JsonNode found, JsonNode app) {
    String source = revisionId(app);
    return found.path("copy_of").asText("").equals(source)
        || found.path("raw").path("sbg:copyOf").asText("").equals(source)
        || content(found).equals(content(app));
  }

  /** The CWL without its own id and without what the platform notes about it. */
  private static JsonNode content(JsonNode app) {
    JsonNode content = withoutNotes(app.path("raw"));
    if (content instanceof ObjectNode object) {
      object.remove("id");
    }
    return content;
  }

  private static JsonNode withoutNotes(JsonNode node) {
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      node.properties().stream()
          .filter(field -> !field.getKey().startsWith("sbg:"))
          .forEach(field -> object.set(field.getKey(), withoutNotes(field.getValue())));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> array.add(withoutNotes(item)));
      return array;
    }
    return node;
  }
}
