package io.towpath.worker;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code temporal} command: on PATH, else where deploy/install-temporal.sh puts it. */
final class TemporalCommand {
  private TemporalCommand() {}

  static Path find() {
    List<Path> places = new ArrayList<>();
    String path = System.getenv("PATH");
    for (String folder : (path == null ? "" : path).split(File.pathSeparator, -1)) {
      places.add(Path.of(folder, "temporal"));
    }
    places.add(Path.of(System.getProperty("towpath.root", ".."), ".tools", "temporal"));
    return places.stream()
        .filter(place -> Files.isRegularFile(place) && Files.isExecutable(place))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "there is no temporal command on PATH and none in .tools; run"
                        + " deploy/install-temporal.sh first"));
  }
}
