package io.towpath.sandbox;

import io.towpath.sandbox.sevenbridges.CwlRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a sandbox is set up.
 *
 * @param data folder where state lies; a temporary one when empty
 * @param demoSeed whether the seed {@code demo} is planted
 * @param nextflow whether the real Nextflow engine runs pipelines, instead of the simulated one
 * @param limits whether the platforms' quotas are enforced
 * @param quotaSpeed divides the windows of the quotas
 * @param speed divides the simulated engine's durations
 * @param horizons how late the platforms show things, and how long they remember them
 * @param cwlPath the search path on which cwltool lies that runs Seven Bridges' apps; they are
 *     simulated when empty
 */
public record SandboxOptions(
    Optional<Path> data,
    boolean demoSeed,
    boolean nextflow,
    boolean limits,
    int quotaSpeed,
    double speed,
    Horizons horizons,
    Optional<String> cwlPath) {

  /** The demo seed, the simulated engine, every limit on. */
  public static SandboxOptions standard() {
    return new SandboxOptions(
        Optional.empty(), true, false, true, 1, 1, Horizons.documented(), Optional.empty());
  }

  /** The same without limits, ten times as fast. */
  public static SandboxOptions forTests() {
    return new SandboxOptions(
        Optional.empty(), true, false, false, 1, 10, Horizons.documented(), Optional.empty());
  }

  public SandboxOptions withNextflow() {
    return new SandboxOptions(data, demoSeed, true, limits, quotaSpeed, speed, horizons, cwlPath);
  }

  /** The same with cwltool, which is looked for on the search path. */
  public SandboxOptions withCwl(String searchPath) {
    return new SandboxOptions(
        data, demoSeed, nextflow, limits, quotaSpeed, speed, horizons, Optional.of(searchPath));
  }

  public SandboxOptions withHorizons(Horizons others) {
    return new SandboxOptions(data, demoSeed, nextflow, limits, quotaSpeed, speed, others, cwlPath);
  }

  public SandboxOptions withData(Path folder) {
    return new SandboxOptions(
        Optional.of(folder), demoSeed, nextflow, limits, quotaSpeed, speed, horizons, cwlPath);
  }

  public SandboxOptions withoutSeed() {
    return new SandboxOptions(data, false, nextflow, limits, quotaSpeed, speed, horizons, cwlPath);
  }

  /** The installed cwltool, empty when tasks are simulated. */
  Optional<CwlRunner> cwlRunner(Path scratch) throws IOException {
    if (cwlPath.isEmpty()) {
      return Optional.empty();
    }
    Optional<CwlRunner> found = CwlRunner.find(cwlPath.get(), scratch);
    if (found.isEmpty()) {
      throw new IOException("cwltool is not on PATH; install it, or run without the engine cwl");
    }
    return found;
  }

  SandboxOptions withLimits(boolean enforced, int windows, double engineSpeed) {
    return new SandboxOptions(
        data, demoSeed, nextflow, enforced, windows, engineSpeed, horizons, cwlPath);
  }
}
