package io.towpath.activities.glob;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Glob;
import java.util.List;

/** Which names or paths are taken; the globs are {@link Glob}'s. */
public final class Globs {
  private final List<Glob> include;
  private final List<Glob> exclude;

  /** Without an include, everything is included; an exclude always wins. */
  public Globs(List<String> include, List<String> exclude) {
    this.include = include.stream().map(Globs::compile).toList();
    this.exclude = exclude.stream().map(Globs::compile).toList();
  }

  public boolean take(String path) {
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
