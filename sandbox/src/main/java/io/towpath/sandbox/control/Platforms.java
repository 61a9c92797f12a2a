package io.towpath.sandbox.control;

import java.util.List;

/** The names of all platforms that the control port knows, also of those not built yet. */
final class Platforms {
  static final List<String> ALL =
      List.of(
          "synapse",
          "seqera",
          "sevenbridges",
          "drs",
          "indexd",
          "s3",
          "batch",
          "ecs",
          "logs",
          "container",
          "registry");

  /** Those whose runs, tasks, jobs or imports a plan can script. */
  static final List<String> PLANNED =
      List.of("seqera", "sevenbridges", "batch", "ecs", "container");

  private Platforms() {}

  /**
   * A route's name without the words in its braces and a slash at its end: vendors' documents
   * differ in those.
   */
  static String plain(String route) {
    return route.replaceAll("\\{[^}]*}", "{}").replaceAll("(?<=\\S)/$", "");
  }
}
