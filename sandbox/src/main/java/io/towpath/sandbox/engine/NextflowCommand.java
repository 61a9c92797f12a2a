package io.towpath.sandbox.engine;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Builds the command that starts Nextflow in a JVM of its own, tuned for a quick start. */
final class NextflowCommand {
  private static final List<String> OPENED =
      List.of(
          "java.io",
          "java.lang",
          "java.net",
          "java.nio",
          "java.nio.charset",
          "java.util",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks",
          "java.util.regex",
          "jdk.internal.misc",
          "jdk.internal.vm",
          "sun.net.www.protocol.file",
          "sun.net.www.protocol.ftp",
          "sun.net.www.protocol.http",
          "sun.net.www.protocol.https",
          "sun.nio.ch",
          "sun.nio.fs");

  private final Path jars;
  private final Path home;

  NextflowCommand(Path jars, Path home) {
    this.jars = jars;
    this.home = home;
  }

  /**
   * A process that is ready to start in the session's launch directory.
   *
   * @param resume whether the session's cache is there to be used
   */
  ProcessBuilder process(RunSpec spec, Path script, NextflowFolders folders, boolean resume) {
    List<String> words = new ArrayList<>(java());
    words.addAll(List.of("-log", folders.headLog().toString(), "-c", folders.config().toString()));
    words.addAll(List.of("run", script.toString(), "-name", spec.runName()));
    words.addAll(List.of("-params-file", folders.params().toString()));
    words.addAll(List.of("-work-dir", folders.work().toString()));
    words.addAll(List.of("-with-trace", folders.trace().toString()));
    String profiles = String.join(",", spec.source().profiles());
    if (!profiles.isEmpty()) {
      words.addAll(List.of("-profile", profiles));
    }
    if (!spec.source().entryName().isEmpty()) {
      words.addAll(List.of("-entry", spec.source().entryName()));
    }
    if (resume) {
      words.addAll(List.of("-resume", spec.sessionId()));
    }
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.directory(folders.launch().toFile()).redirectErrorStream(true);
    setEnvironment(builder.environment(), spec);
    return builder;
  }

  private List<String> java() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx384m"));
    Stream<String> opens = OPENED.stream().map(name -> "--add-opens=java.base/" + name);
    words.addAll(opens.map(open -> open + "=ALL-UNNAMED").toList());
    words.addAll(List.of("-cp", jars + File.separator + "*", "nextflow.cli.Launcher"));
    return words;
  }

  private void setEnvironment(Map<String, String> environment, RunSpec spec) {
    Optional<String> path = Optional.ofNullable(environment.get("PATH"));
    environment.clear();
    environment.put("PATH", path.orElse("/usr/bin:/bin"));
    environment.put("HOME", home.toString());
    environment.put("LANG", "C.UTF-8");
    environment.put("NXF_HOME", home.resolve(".nextflow").toString());
    environment.put("NXF_OFFLINE", "true");
    environment.put("NXF_DISABLE_CHECK_LATEST", "true");
    environment.put("NXF_ANSI_LOG", "false");
    environment.put("NXF_UUID", spec.sessionId());
    environment.put("TOWER_WORKFLOW_ID", spec.workflowId());
  }
}
