package io.towpath.sandbox.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container runs, in the container's own terms.
 *
 * @param argv entrypoint and arguments
 * @param environment variables; later ones win
 * @param workingFolder absolute; empty for {@code /}
 */
public record Command(List<String> argv, List<String> environment, String workingFolder) {
  private static final String PATH = "PATH";
  private static final String USUAL_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** Says that the program cannot begin, in the words and with the exit code of an engine. */
  public static final class NoStart extends Exception {
    private static final long serialVersionUID = 1;
    private final int exitCode;

    NoStart(int exitCode, String message) {
      super(message);
      this.exitCode = exitCode;
    }

    /** 127 when the program was not found, 126 when it cannot be run. */
    public int exitCode() {
      return exitCode;
    }
  }

  /** A process that runs it on this machine, with its paths mapped into the root folder. */
  ProcessBuilder process(RootFolder root) throws NoStart {
    Map<String, String> variables = variables(root);
    Path folder = root.place(workingFolder.isEmpty() ? "/" : workingFolder);
    List<String> mapped = new ArrayList<>();
    argv.forEach(argument -> mapped.add(root.mapped(argument)));
    mapped.set(0, program(mapped.get(0), variables.getOrDefault(PATH, ""), folder));
    ProcessBuilder process = new ProcessBuilder(mapped);
    process.directory(folder.toFile());
    process.environment().clear();
    process.environment().putAll(variables);
    return process;
  }

  private Map<String, String> variables(RootFolder root) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put(PATH, USUAL_PATH);
    variables.put("HOME", "/");
    for (String variable : environment) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        variables.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    variables.replaceAll((name, value) -> root.mapped(value));
    Path java = Path.of(System.getProperty("java.home"), "bin");
    variables.compute(PATH, (name, path) -> root.searchPath(path == null ? "" : path, java));
    return variables;
  }

  private static String program(String name, String searchPath, Path folder) throws NoStart {
    if (name.contains("/")) {
      Path file = folder.resolve(name);
      if (!Files.exists(file)) {
        throw new NoStart(127, failed(name, "stat " + name + ": no such file or directory"));
      }
      if (!Files.isExecutable(file) || Files.isDirectory(file)) {
        throw new NoStart(126, failed(name, "permission denied"));
      }
      return file.toString();
    }
    Optional<Path> found =
        Arrays.stream(searchPath.split(":", -1))
            .map(part -> Path.of(part, name))
            .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
            .findFirst();
    return found
        .orElseThrow(() -> new NoStart(127, failed(name, "executable file not found in $PATH")))
        .toString();
  }

  static String failed(String name, String why) {
    return "failed to create task for container: failed to create shim task: OCI runtime create"
        + " failed: runc create failed: unable to start container process: exec: \""
        + name
        + "\": "
        + why
        + ": unknown";
  }
}
