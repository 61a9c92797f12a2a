package io.towpath.sandbox.engine;

import io.towpath.sandbox.s3.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs pipelines with the real Nextflow, a process per run, so that caching, resume, tasks, logs
 * and failures are the real ones. Inputs and outputs pass through the S3 API.
 */
public final class NextflowEngine implements Engine {
  private static final int RUNS_AT_ONCE = 2;

  private final NextflowCommand command;
  private final NextflowFiles files;
  private final PipelineSources pipelines;
  private final InstantSource clock;
  private final Set<NextflowExecution> running = ConcurrentHashMap.newKeySet();
  private final ExecutorService starter =
      Executors.newFixedThreadPool(RUNS_AT_ONCE, NextflowEngine::daemon);

  /**
   * @param root folder for launch directories, work directories and copies of inputs
   */
  public NextflowEngine(ObjectStore store, Path root, InstantSource clock) {
    this(store, root, clock, NextflowClassPath.folder());
  }

  NextflowEngine(ObjectStore store, Path root, InstantSource clock, Path jars) {
    Path absolute = root.toAbsolutePath();
    this.command = new NextflowCommand(jars, absolute.resolve("home"));
    this.files = new NextflowFiles(store, absolute);
    this.pipelines = new PipelineSources(absolute.resolve("pipelines"));
    this.clock = clock;
    try {
      Files.createDirectories(absolute.resolve("home"));
    } catch (IOException e) {
      throw new IllegalStateException("cannot use " + absolute + " for Nextflow", e);
    }
  }

  @Override
  public Execution start(RunSpec spec) {
    NextflowExecution run = new NextflowExecution(spec, command, files, pipelines, clock);
    running.add(run);
    starter.execute(
        () -> {
          try {
            run.carryOut();
          } finally {
            running.remove(run);
          }
        });
    return run;
  }

  @Override
  public boolean runsAnyPipeline() {
    return false;
  }

  @Override
  public String nextflowVersion() {
    return "24.10.0";
  }

  /** Ends every run's process tree. */
  @Override
  public void close() {
    starter.shutdown();
    List.copyOf(running).forEach(NextflowExecution::cancel);
    starter.shutdownNow();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "nextflow-engine");
    thread.setDaemon(true);
    return thread;
  }
}
