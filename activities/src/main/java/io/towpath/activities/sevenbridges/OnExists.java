package io.towpath.activities.sevenbridges;

import java.util.Locale;
import java.util.OptionalLong;

/** What a file with the name of an import means. */
enum OnExists {
  /** It must be the same. */
  VERIFY,
  /** It is overwritten unless it is the same. */
  REPLACE,
  /** There must be none. */
  FAIL;

  static OnExists of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** What to do with one import. */
  enum Verdict {
    REUSE,
    OVERWRITE,
    REFUSE
  }

  /**
   * Decides about a file that is there.
   *
   * @param size of the object now; empty where nobody knows
   */
  Verdict judge(ImportItem item, ProjectFile there, OptionalLong size) {
    if (isSame(item, there, size)) {
      return Verdict.REUSE;
    }
    return this == REPLACE && !there.folder() ? Verdict.OVERWRITE : Verdict.REFUSE;
  }

  /** A name alone says nothing: volume, location and size have to agree. */
  static boolean isSame(ImportItem item, ProjectFile there, OptionalLong size) {
    return !there.folder()
        && there.source().filter(item.source()::equals).isPresent()
        && (size.isEmpty() || size.getAsLong() == there.sizeBytes());
  }

  /** Why an import was refused. */
  static String refusal(ImportItem item, ProjectFile there, OptionalLong size) {
    if (isSame(item, there, size)) {
      return "the project has it already (" + there.id() + "), and import.onExists is fail";
    }
    String wanted = size.isPresent() ? ", " + size.getAsLong() + " bytes" : "";
    return "the project has "
        + there.words()
        + " under this name, which is not "
        + item.source()
        + wanted
        + "; rename it, change import.path, or set import.onExists: replace";
  }
}
