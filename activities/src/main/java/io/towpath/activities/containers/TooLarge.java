package io.towpath.activities.containers;

import io.towpath.workflows.model.Problem;
import java.util.Locale;

/** Says that an executor has no room for what a request asks for. */
public final class TooLarge {
  private static final String REMEDY =
      "; ask for less in the step's resources, or name another executor";
  private static final double GIB = 1_024;

  private TooLarge() {}

  /**
   * Memory.
   *
   * @param who what cannot give it, such as "any node of the cluster has"
   */
  public static Problem memory(long wantedMb, long mostMb, String who) {
    return new Problem(
        "memoryMb", gib(wantedMb) + " is more than " + who + ", " + gib(mostMb) + REMEDY);
  }

  /** Processors. */
  public static Problem cpus(double wanted, double most, String who) {
    return new Problem(
        "cpus", number(wanted) + " cpus are more than " + who + ", " + number(most) + REMEDY);
  }

  private static String gib(long mb) {
    return number(mb / GIB) + " GiB";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
  }
}
