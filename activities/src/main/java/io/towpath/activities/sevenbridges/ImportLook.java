package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.samples.PlatformView.Listing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is there of a page of imports: files by name, jobs that go on, objects of the volume. */
final class ImportLook {
  /** Pages of the volume that one page of imports is compared with; the rest is not compared. */
  private static final int MOST_PAGES = 50;

  private final SevenBridgesClient client;
  private final NamedFiles files;
  private final String project;
  private final Runnable heartbeat;

  /**
   * @param heartbeat called before calls of which there may be many
   */
  ImportLook(SevenBridgesClient client, String project, Runnable heartbeat) {
    this.client = client;
    this.files = new NamedFiles(client, heartbeat);
    this.project = project;
    this.heartbeat = heartbeat;
  }

  /** The files that have the names of items, by the items' numbers. */
  Map<Integer, ProjectFile> files(List<ImportItem> items) {
    Map<Integer, ProjectFile> found = new HashMap<>();
    Map<String, List<ImportItem>> byFolder =
        items.stream()
            .collect(Collectors.groupingBy(ImportItem::folder, TreeMap::new, Collectors.toList()));
    byFolder.forEach(
        (folder, inIt) -> {
          Map<String, ProjectFile> named =
              files.in(folder, inIt.stream().map(ImportItem::name).toList());
          for (ImportItem item : inIt) {
            Optional.ofNullable(named.get(item.name()))
                .ifPresent(file -> found.put(item.number(), file));
          }
        });
    return found;
  }

  /** Ids of the jobs that still go on, by the items' numbers; files show only when they ended. */
  Map<Integer, String> jobs(List<ImportItem> items) {
    Map<Integer, String> found = new HashMap<>();
    if (items.isEmpty()) {
      return found;
    }
    String volume = items.get(0).source().volume();
    List<JsonNode> going = new ArrayList<>();
    for (String state : List.of("PENDING", "RUNNING")) {
      going.addAll(Page.all(offset -> client.imports(project, volume, state, offset)));
    }
    Map<String, List<JsonNode>> byName =
        going.stream()
            .collect(Collectors.groupingBy(job -> job.path("destination").path("name").asText("")));
    for (ImportItem item : items) {
      byName.getOrDefault(item.name(), List.of()).stream()
          .filter(item::isOf)
          .findFirst()
          .ifPresent(job -> found.put(item.number(), job.path("id").asText()));
    }
    return found;
  }

  /** Sizes of the items' objects now, as far as a bounded number of pages tells. */
  Function<ImportItem, OptionalLong> sizes(List<ImportItem> items) {
    Map<String, OptionalLong> sizes = new HashMap<>();
    int left = MOST_PAGES;
    Map<String, List<ImportItem>> byLevel =
        items.stream()
            .collect(Collectors.groupingBy(ImportLook::level, TreeMap::new, Collectors.toList()));
    for (List<ImportItem> some : byLevel.values()) {
      if (left > 0) {
        Listing listing =
            new VolumeListing(client, some.get(0).source().volume(), heartbeat)
                .list(commonStart(some), Math.min(left, 2 + some.size() / 50));
        left -= listing.pages();
        listing.objects().forEach(object -> sizes.put(object.location(), object.sizeBytes()));
      }
    }
    return item -> sizes.getOrDefault(item.source().location(), OptionalLong.empty());
  }

  private static String level(ImportItem item) {
    String location = item.source().location();
    return location.substring(0, location.lastIndexOf('/') + 1);
  }

  private static String commonStart(List<ImportItem> items) {
    String start = items.get(0).source().location();
    for (ImportItem item : items) {
      String location = item.source().location();
      int same = 0;
      int most = Math.min(start.length(), location.length());
      while (same < most && start.charAt(same) == location.charAt(same)) {
        same++;
      }
      start = start.substring(0, same);
    }
    return start;
  }
}
