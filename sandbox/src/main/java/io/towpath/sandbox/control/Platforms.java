package io.towpath.sandbox.control;

import java.util.List;
import java.util.regex.Pattern;

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
          "secretsmanager",
          "ssm",
          "container",
          "registry");

  /** Those whose runs, tasks, jobs or imports a plan can script. */
  static final List<String> PLANNED =
      List.of("seqera", "sevenbridges", "batch", "ecs", "container");

  private static final Pattern WORDS_IN_BRACES = Pattern.compile("\\{[^}]*}");
  private static final Pattern SLASH_AT_THE_END = Pattern.compile("(?<=\\S)/$");

  private Platforms() {}

  /**
   * A route's name without the words in its braces and a slash at its end: vendors' documents
   * differ in those.
   */
  static String plain(String route) {
    String unnamed = WORDS_IN_BRACES.matcher(route).replaceAll("{}");
    return SLASH_AT_THE_END.matcher(unnamed).replaceAll("");
  }
}
