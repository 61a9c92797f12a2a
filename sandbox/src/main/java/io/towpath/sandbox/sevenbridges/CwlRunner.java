package io.towpath.sandbox.sevenbridges;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The installed {@code cwltool}.
 *
 * @param command where it lies
 * @param searchPath the {@code PATH} with which tools find what they call
 * @param scratch folder in which every task has one of its own
 */
public record CwlRunner(Path command, String searchPath, Path scratch) {
  private static final String NAME = "cwltool";

  /** The runner, if there is one on the search path. */
  public static Optional<CwlRunner> find(String searchPath, Path scratch) {
    return Arrays.stream(searchPath.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, NAME))
        .filter(Files::isExecutable)
        .findFirst()
        .map(command -> new CwlRunner(command, searchPath, scratch));
  }

  /** A process that is ready to run an app in a folder; its answer goes to its standard output. */
  ProcessBuilder process(Path folder) {
    ProcessBuilder process =
        new ProcessBuilder(
            List.of(
                command.toString(),
                "--no-container",
                "--outdir",
                folder.resolve("out").toString(),
                folder.resolve("app.cwl").toString(),
                folder.resolve("inputs.json").toString()));
    process.directory(folder.toFile());
    process.redirectOutput(folder.resolve("outputs.json").toFile());
    process.redirectError(folder.resolve("log.txt").toFile());
    process.environment().clear();
    process.environment().put("PATH", searchPath);
    process.environment().put("HOME", scratch.toString());
    process.environment().put("LANG", "C.UTF-8");
    return process;
  }
}
