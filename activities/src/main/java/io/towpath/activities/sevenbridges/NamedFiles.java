package io.towpath.activities.sevenbridges;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks for files and folders by their exact names: one call for up to 100 of one folder. */
final class NamedFiles {
  /** The platform's own client refuses URLs above 6,000 characters; the rest of ours is short. */
  private static final int MOST_CHARACTERS = 5_400;

  private final SevenBridgesClient client;
  private final Runnable heartbeat;

  /**
   * @param heartbeat called before each call
   */
  NamedFiles(SevenBridgesClient client, Runnable heartbeat) {
    this.client = client;
    this.heartbeat = heartbeat;
  }

  /** Those of the names that are taken in a folder. */
  Map<String, ProjectFile> in(String folderId, Collection<String> names) {
    Map<String, ProjectFile> found = new HashMap<>();
    for (List<String> some : parts(names)) {
      Page.all(
              offset -> {
                heartbeat.run();
                return client.files(folderId, some, offset);
              })
          .forEach(file -> found.put(file.path("name").asText(), ProjectFile.of(file)));
    }
    found.keySet().retainAll(List.copyOf(names));
    return found;
  }

  private static List<List<String>> parts(Collection<String> names) {
    List<List<String>> parts = new ArrayList<>();
    List<String> part = new ArrayList<>();
    int characters = 0;
    for (String name : names) {
      int longer = "&name=".length() + URLEncoder.encode(name, StandardCharsets.UTF_8).length();
      boolean full = part.size() == SevenBridgesApi.BULK || characters + longer > MOST_CHARACTERS;
      if (full && !part.isEmpty()) {
        parts.add(part);
        part = new ArrayList<>();
        characters = 0;
      }
      part.add(name);
      characters += longer;
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }
}
