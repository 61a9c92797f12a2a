package io.towpath.activities.sevenbridges;

import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ExportTarget;
import io.towpath.workflows.sevenbridges.TaskState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where outputs go on the volume: {@code <prefix>/<sample>/<key>/<port>/<folders>/<name>}. The key
 * stands for one attempt at one task, so no other output ever has the same place, and a repeated
 * export has the same one.
 */
final class OutputPlaces {
  private final String prefix;
  private final Map<String, Set<String>> taken = new HashMap<>();

  OutputPlaces(ExportTarget target) {
    String own = target.prefix().replaceAll("^/+|/+$", "");
    this.prefix = own.isEmpty() ? "" : own + "/";
  }

  /**
   * To be asked for every output of a task, in order: two of one name get different places.
   *
   * @param name as the file itself has it: outputs leave out those of secondary files
   */
  String of(TaskState line, OutputTree.Found file, String name) {
    String folder =
        prefix + plain(line.sample()) + "/" + line.key() + "/" + file.port() + "/" + file.folder();
    Set<String> ofTask = taken.computeIfAbsent(line.taskId(), unused -> new HashSet<>());
    String place = folder + name;
    return ofTask.add(place) ? place : folder + file.fileId() + "/" + name;
  }

  private static String plain(String sample) {
    return sample.replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
