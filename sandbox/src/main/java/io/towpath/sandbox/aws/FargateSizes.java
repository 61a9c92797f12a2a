package io.towpath.sandbox.aws;

import java.util.List;

/** The pairs of CPU and memory that Fargate takes, by the documentation of {@code Task.memory}. */
final class FargateSizes {
  /** CPU units, and least, most and step of memory in MiB. */
  private record Size(int cpu, int least, int most, int step) {
    boolean takes(long memory) {
      return memory >= least && memory <= most && (memory - least) % step == 0;
    }
  }

  private static final List<Size> SIZES =
      List.of(
          new Size(512, 1024, 4096, 1024),
          new Size(1024, 2048, 8192, 1024),
          new Size(2048, 4096, 16384, 1024),
          new Size(4096, 8192, 30720, 1024),
          new Size(8192, 16384, 61440, 4096),
          new Size(16384, 32768, 122880, 8192));

  private FargateSizes() {}

  /**
   * Whether Fargate has such a size.
   *
   * @param cpu in units of 1/1024 vCPU
   * @param memory in MiB
   */
  static boolean has(long cpu, long memory) {
    boolean smallest = cpu == 256 && (memory == 512 || memory == 1024 || memory == 2048);
    return smallest || SIZES.stream().anyMatch(size -> size.cpu() == cpu && size.takes(memory));
  }
}
