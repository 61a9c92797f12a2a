package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  /** What the command says, which must end well. */
  static String run(String address, List<String> words) throws IOException {
    List<String> command = new ArrayList<>(List.of(find().toString()));
    command.addAll(words);
    command.addAll(List.of("--address", address));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).as(said).isZero();
    return said;
  }
}
