package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.glob.Globs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files in the outputs of tasks, of every shape: one, lists in lists, records, folders with all
 * that lies in them, secondary files. Ports go by their ids, so that the order is always the same.
 */
final class OutputTree {
  private final SevenBridgesClient client;
  private final Globs ports;
  private final Runnable heartbeat;
  private final Map<String, JsonNode> listed = new HashMap<>();

  /**
   * @param ports which outputs are taken
   */
  OutputTree(SevenBridgesClient client, Globs ports, Runnable heartbeat) {
    this.client = client;
    this.ports = ports;
    this.heartbeat = heartbeat;
  }

  /**
   * One file.
   *
   * @param folder its folders within a folder that is an output, with a slash at the end; or empty
   * @param name as the outputs have it
   * @param sizeBytes as the outputs have it; 0 where they do not say
   */
  record Found(String port, String folder, String fileId, String name, long sizeBytes) {}

  /** The files of one task, each once. */
  List<Found> of(TaskRow task) {
    Map<String, Found> found = new LinkedHashMap<>();
    sorted(task.json().path("outputs"))
        .forEach(
            (port, value) -> {
              if (ports.take(port)) {
                walk(port, value, found);
              }
            });
    return new ArrayList<>(found.values());
  }

  /** What listings of folders told of files already, by id. */
  Map<String, JsonNode> listed() {
    return listed;
  }

  private void walk(String port, JsonNode value, Map<String, Found> found) {
    if (value.isArray()) {
      value.forEach(item -> walk(port, item, found));
      return;
    }
    switch (value.path("class").asText("")) {
      case "File" -> {
        String id = value.path("path").asText("");
        String name = value.path("name").asText("");
        add(new Found(port, "", id, name, value.path("size").asLong(0)), found);
        walk(port, value.path("secondaryFiles"), found);
      }
      case "Directory" -> folder(port, "", value.path("path").asText(""), found);
      default -> sorted(value).values().forEach(field -> walk(port, field, found));
    }
  }

  private void folder(String port, String path, String id, Map<String, Found> found) {
    heartbeat.run();
    Map<String, JsonNode> inside = new TreeMap<>();
    Page.all(offset -> client.folder(id, offset))
        .forEach(item -> inside.put(item.path("name").asText("") + "/" + item.path("id"), item));
    for (JsonNode item : inside.values()) {
      String itemId = item.path("id").asText("");
      String name = item.path("name").asText("");
      if (item.path("type").asText("").equals("folder")) {
        folder(port, path + name + "/", itemId, found);
      } else {
        listed.put(itemId, item);
        add(new Found(port, path, itemId, name, item.path("size").asLong(0)), found);
      }
    }
  }

  private static void add(Found file, Map<String, Found> found) {
    if (!file.fileId().isEmpty()) {
      found.putIfAbsent(file.fileId(), file);
    }
  }

  private static Map<String, JsonNode> sorted(JsonNode object) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    object.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
    return sorted;
  }
}
