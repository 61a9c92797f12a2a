package io.towpath.workflows.cavatica;

import io.towpath.workflows.sevenbridges.TaskCounts;
import java.util.Locale;

/** What tasks cost, as people read it. */
final class Money {
  private Money() {}

  /** {@code "; 12.34 USD so far"}; empty where the platform does not say. */
  static String words(TaskCounts counts) {
    return counts.currency().isEmpty()
        ? ""
        : String.format(Locale.ROOT, "; %.2f %s so far", counts.cost(), counts.currency());
  }
}
