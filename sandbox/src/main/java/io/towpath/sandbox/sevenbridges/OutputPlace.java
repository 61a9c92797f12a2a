package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an output of a task is put.
 *
 * @param volume empty for the platform's own storage
 * @param prefix of the location on the volume
 */
record OutputPlace(Optional<Volume> volume, String prefix) {
  /** One page of the documentation shows the scheme without the s. */
  private static final Pattern ON_VOLUME = Pattern.compile("volumes?://([^/]+/[^/]+)/?(.*)");

  /** The place of a port's outputs, with the task's id and name filled in. */
  static OutputPlace of(Realm realm, Task task, String port) {
    Matcher location = ON_VOLUME.matcher(location(task, port));
    if (!location.matches()) {
      return new OutputPlace(Optional.empty(), "");
    }
    String prefix =
        location
            .group(2)
            .replace("<task_id>", task.id())
            .replace("<task_name>", task.name)
            .replaceAll("/+$", "");
    return new OutputPlace(realm.volumes.find(location.group(1)), prefix);
  }

  private static String location(Task task, String port) {
    JsonNode own = task.outputLocation.path("nodes_location").path(port).path("output_location");
    return own.asText(task.outputLocation.path("main_location").asText(""));
  }

  /** What keeps a task's outputs from being written where they should go. */
  static List<String> problems(Realm realm, Task task) {
    List<String> wanted = new ArrayList<>();
    wanted.add(task.outputLocation.path("main_location").asText(""));
    task.outputLocation
        .path("nodes_location")
        .forEach(node -> wanted.add(node.path("output_location").asText("")));
    List<String> problems = new ArrayList<>();
    for (String location : wanted) {
      Matcher found = ON_VOLUME.matcher(location);
      if (found.matches()) {
        Optional<Volume> volume = realm.volumes.find(found.group(1));
        if (volume.filter(v -> v.writable && v.active).isEmpty()) {
          problems.add("Output location " + location + ": no active volume that can be written.");
        }
      }
    }
    return problems;
  }

  String location(String name) {
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }
}
