package io.towpath.worker.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A file of sections that other tools leave in the home folder. */
final class IniFile {
  private IniFile() {}

  /** Values by section and key, the key in small letters; nothing where there is no such file. */
  static Map<String, Map<String, String>> read(Settings settings, Path path) {
    if (!Files.isReadable(path)) {
      return Map.of();
    }
    try {
      return sections(Files.readString(path));
    } catch (IOException e) {
      settings.problem(path + " cannot be read as text");
      return Map.of();
    }
  }

  private static Map<String, Map<String, String>> sections(String text) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    Map<String, String> section = new LinkedHashMap<>();
    for (String raw : text.lines().toList()) {
      String line = raw.strip();
      if (line.startsWith("[") && line.endsWith("]")) {
        String name = line.substring(1, line.length() - 1).strip();
        section = sections.computeIfAbsent(name, unused -> new LinkedHashMap<>());
      }
      int cut = line.indexOf('=') >= 0 ? line.indexOf('=') : line.indexOf(':');
      if (cut > 0 && !line.startsWith("#") && !line.startsWith(";")) {
        String key = line.substring(0, cut).strip().toLowerCase(Locale.ROOT);
        section.putIfAbsent(key, line.substring(cut + 1).strip());
      }
    }
    return sections;
  }
}
