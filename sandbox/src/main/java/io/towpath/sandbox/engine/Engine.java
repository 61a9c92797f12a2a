package io.towpath.sandbox.engine;

/** Carries out runs that the platform accepted. */
public interface Engine extends AutoCloseable {
  /** Starts a run and returns at once. */
  Execution start(RunSpec spec);

  /** Whether pipelines that are not seeded can run too. */
  boolean runsAnyPipeline();

  /** The Nextflow version that runs report. */
  String nextflowVersion();

  @Override
  void close();
}
