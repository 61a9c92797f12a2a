package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Copies of files of other projects, in one folder of the project. */
final class ReferenceCopies {
  /** The folder that the copies lie in. */
  static final String FOLDER = "references";

  private final ProjectWriter writer;

  ReferenceCopies(ProjectWriter writer) {
    this.writer = writer;
  }

  /** Ids of the copies by the ids of their originals, and how many of them there were not. */
  record Copies(Map<String, String> byId, int made) {}

  /**
   * Looks for files by their ids.
   *
   * @param problems gets those that cannot be read, with the platform's words
   */
  static Map<String, JsonNode> look(
      SevenBridgesClient client, List<String> ids, Map<String, String> problems) {
    Map<String, JsonNode> found = new TreeMap<>();
    for (List<String> some : Parts.of(ids, SevenBridgesApi.BULK)) {
      List<JsonNode> items = client.getFiles(some);
      for (int i = 0; i < Math.min(some.size(), items.size()); i++) {
        JsonNode resource = items.get(i).path("resource");
        if (resource.hasNonNull("id")) {
          found.put(some.get(i), resource);
        } else {
          BulkError error = BulkError.of(items.get(i));
          error.requireClear();
          problems.put(some.get(i), error.words());
        }
      }
    }
    return found;
  }

  /**
   * Copies what lies in another project and has no copy yet.
   *
   * @param folderId id of {@link #FOLDER}, asked for when there is something to copy
   */
  Copies ensure(String project, List<String> ids, Supplier<String> folderId) {
    Map<String, String> problems = new TreeMap<>();
    Map<String, JsonNode> originals = look(writer.client(), ids, problems);
    if (!problems.isEmpty()) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED, "files that the app suggests cannot be copied: " + problems);
    }
    originals.values().removeIf(file -> file.path("project").asText("").equals(project));
    return originals.isEmpty() ? new Copies(Map.of(), 0) : copied(originals, folderId.get());
  }

  /** All names are looked at before the first copy is made. */
  private Copies copied(Map<String, JsonNode> originals, String folder) {
    Map<String, String> names = names(originals);
    Map<String, ProjectFile> there = writer.files().in(folder, names.values());
    List<CopyEffect> copies = new ArrayList<>();
    originals.forEach(
        (id, file) -> {
          long size = file.path("size").asLong(0);
          CopyEffect copy = new CopyEffect(writer, id, names.getOrDefault(id, id), folder, size);
          Optional.ofNullable(there.get(copy.name())).ifPresent(copy::requireSame);
          copies.add(copy);
        });
    Map<String, String> byId = new TreeMap<>();
    copies.forEach(copy -> byId.put(copy.original(), writer.submit().submit(copy)));
    return new Copies(byId, copies.size() - there.size());
  }

  /** Two originals with one name get names of their own. */
  private static Map<String, String> names(Map<String, JsonNode> originals) {
    Set<String> once = new HashSet<>();
    Set<String> twice = new HashSet<>();
    for (JsonNode file : originals.values()) {
      String name = file.path("name").asText();
      if (!once.add(name)) {
        twice.add(name);
      }
    }
    Map<String, String> names = new TreeMap<>();
    originals.forEach(
        (id, file) -> {
          String name = file.path("name").asText();
          names.put(id, twice.contains(name) ? id + "_" + name : name);
        });
    return names;
  }
}
