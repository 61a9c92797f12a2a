package io.towpath.sandbox.engine;

import java.time.Instant;
import java.util.Optional;

/**
 * One task of a run.
 *
 * @param id counts from 1 within the run
 * @param tag what tells tasks of one process apart, usually the sample; may be empty
 * @param status NEW, SUBMITTED, RUNNING, CACHED, COMPLETED, FAILED or ABORTED
 * @param exit exit status; empty while the task has none
 */
public record TaskRecord(
    long id,
    String process,
    String tag,
    String status,
    Optional<Integer> exit,
    Times times,
    Place place,
    Usage usage) {

  /** When the task was handed over, began and ended. */
  public record Times(
      Optional<Instant> submit, Optional<Instant> start, Optional<Instant> complete) {
    public static Times of(Instant submit, Instant start, Instant complete) {
      return new Times(Optional.of(submit), Optional.of(start), Optional.of(complete));
    }
  }

  /**
   * Where the task ran, and what it left there.
   *
   * @param hash as Nextflow prints it: {@code ab/123456}
   */
  public record Place(String hash, String nativeId, String workDir, String script, String log) {}

  /** What the task asked for and used: bytes and milliseconds. */
  public record Usage(
      int cpus,
      long memory,
      long realtime,
      double cpuPercent,
      long peakRss,
      long readBytes,
      long writeBytes) {
    public static Usage small(long realtime) {
      return new Usage(1, 128L << 20, realtime, 90, 6L << 20, 280_000, 4_000);
    }
  }

  /** The name as Nextflow prints it: {@code PROCESS (tag)}. */
  public String name() {
    return tag.isEmpty() ? process : process + " (" + tag + ")";
  }
}
