package io.towpath.activities.samplesheet;

import java.util.Optional;

/** Names that people gave to files and samples, judged for use in a key of S3. */
public final class FileNames {
  private static final int MOST_SHOWN = 80;

  private FileNames() {}

  /** What is wrong with a name that is to be one part of a key; empty when nothing is. */
  public static Optional<String> wrongWith(String name) {
    if (name.isBlank() || name.equals(".") || name.equals("..")) {
      return Optional.of("has no usable name");
    }
    if (name.indexOf('/') >= 0) {
      return Optional.of("has a / in its name");
    }
    return name.codePoints().anyMatch(FileNames::unusable)
        ? Optional.of("has a control character or half a character in its name")
        : Optional.empty();
  }

  /** The name as a message may show it. */
  public static String shown(String name) {
    StringBuilder shown = new StringBuilder();
    name.codePoints()
        .limit(MOST_SHOWN)
        .forEach(c -> shown.appendCodePoint(unusable(c) ? 0xFFFD : c));
    return shown.toString();
  }

  private static boolean unusable(int character) {
    return Character.isISOControl(character)
        || Character.getType(character) == Character.SURROGATE
        || character == 0xFFFE
        || character == 0xFFFF;
  }
}
