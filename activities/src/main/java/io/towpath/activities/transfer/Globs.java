package io.towpath.activities.transfer;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Glob;
import java.util.List;

/** Which objects below a prefix an index takes; the globs are {@link Glob}'s. */
final class Globs {
  private final List<Glob> include;
  private final List<Glob> exclude;

  /** Without an include, everything is included; an exclude always wins. */
  Globs(List<String> include, List<String> exclude) {
    this.include = include.stream().map(Globs::compile).toList();
    this.exclude = exclude.stream().map(Globs::compile).toList();
  }

  boolean take(String path) {
    return (include.isEmpty() || matches(include, path)) && !matches(exclude, path);
  }

  private static boolean matches(List<Glob> globs, String path) {
    return globs.stream().anyMatch(glob -> glob.matches(path));
  }

  private static Glob compile(String glob) {
    try {
      return Glob.plain(glob);
    } catch (IllegalArgumentException e) {
      throw new PlatformException(FailureKind.INPUT_REJECTED, String.valueOf(e.getMessage()));
    }
  }
}
