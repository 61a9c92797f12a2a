package io.towpath.activities.containers.aws;

import io.towpath.workflows.model.Problem;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Pairs of cpu and memory that Fargate knows (Task.memory of the ECS API). More memory may need
 * more cpu.
 *
 * @param cpu in 1,024ths
 */
record FargateSize(int cpu, int memoryMb) {
  private static final int GIB = 1_024;

  /** One row of the table: from, to, step, in MiB. */
  private enum Row {
    QUARTER(256, 512, 2 * GIB, 512),
    HALF(512, GIB, 4 * GIB, GIB),
    ONE(1_024, 2 * GIB, 8 * GIB, GIB),
    TWO(2_048, 4 * GIB, 16 * GIB, GIB),
    FOUR(4_096, 8 * GIB, 30 * GIB, GIB),
    EIGHT(8_192, 16 * GIB, 60 * GIB, 4 * GIB),
    SIXTEEN(16_384, 32 * GIB, 120 * GIB, 8 * GIB);

    private final int cpu;
    private final int from;
    private final int to;
    private final int step;

    Row(int cpu, int from, int to, int step) {
      this.cpu = cpu;
      this.from = from;
      this.to = to;
      this.step = step;
    }

    /** 1.5 GiB is none of a quarter's sizes. */
    private IntStream sizes() {
      return IntStream.iterate(from, size -> size <= to, size -> size + step)
          .filter(size -> this != QUARTER || size != 3 * step);
    }
  }

  /** What stands in the way of running there; empty when nothing does. */
  static Optional<Problem> check(double cpus, int memoryMb) {
    return holding((int) Math.ceil(cpus * GIB), memoryMb).isPresent()
        ? Optional.empty()
        : Optional.of(new Problem("memoryMb", tooLarge(cpus, memoryMb)));
  }

  static String tooLarge(double cpus, int memoryMb) {
    return "Fargate has no size with "
        + cpus
        + " cpus and "
        + memoryMb
        + " MiB; expected at most 16 cpus and 122880 MiB";
  }

  /** The smallest that holds both; empty when none does. */
  static Optional<FargateSize> holding(int cpu, int memoryMb) {
    for (Row row : Row.values()) {
      if (row.cpu >= cpu && row.to >= memoryMb) {
        return Optional.of(
            new FargateSize(
                row.cpu, row.sizes().filter(size -> size >= memoryMb).findFirst().orElse(row.to)));
      }
    }
    return Optional.empty();
  }
}
