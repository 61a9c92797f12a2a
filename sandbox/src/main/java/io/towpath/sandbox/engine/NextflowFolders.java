package io.towpath.sandbox.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folders of one run. What a resume must find again (launch directory with history and cache,
 * task work, results) belongs to the session, the rest to the run.
 */
record NextflowFolders(Path session, Path run) {
  static NextflowFolders create(Path root, RunSpec spec) throws IOException {
    NextflowFolders folders =
        new NextflowFolders(
            root.resolve("sessions").resolve(spec.sessionId()),
            root.resolve("runs").resolve(spec.workflowId()));
    Files.createDirectories(folders.launch());
    Files.createDirectories(folders.work());
    Files.createDirectories(folders.run());
    return folders;
  }

  Path launch() {
    return session.resolve("launch");
  }

  Path work() {
    return session.resolve("work");
  }

  /** The local stand-in of one outdir. */
  Path results(String outdir) {
    return session.resolve("results").resolve(Hashes.sha1(outdir).substring(0, 12));
  }

  Path params() {
    return run.resolve("params.json");
  }

  Path config() {
    return run.resolve("sandbox.config");
  }

  Path trace() {
    return run.resolve("trace.txt");
  }

  Path headLog() {
    return run.resolve("nextflow.log");
  }

  /** Whether this session ran before, so that there is something to resume. */
  boolean hasHistory() {
    return Files.exists(launch().resolve(".nextflow").resolve("history"));
  }
}
