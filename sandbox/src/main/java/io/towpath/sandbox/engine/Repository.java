package io.towpath.sandbox.engine;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Git repository that holds a pipeline, as far as the stand-in knows it.
 *
 * @param name {@code owner/name}
 * @param tags revision names and the commits they point to; branches too
 * @param branches those of the names that move
 */
public record Repository(
    String name, String url, String description, Map<String, String> tags, List<String> branches) {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /** The pipeline that summarises reads. */
  public static final Repository DEMO =
      new Repository(
          "towpath-demo/reads",
          "https://github.com/towpath-demo/reads",
          "Checks and summarises sequencing reads with tools that every Linux has",
          Map.of(
              "main", Hashes.sha1("towpath-demo/reads@1.0.0"),
              "1.0.0", Hashes.sha1("towpath-demo/reads@1.0.0"),
              "0.9.0", Hashes.sha1("towpath-demo/reads@0.9.0")),
          List.of("main"));

  public Repository {
    tags = Map.copyOf(tags);
    branches = List.copyOf(branches);
  }

  /** A repository that is not seeded; any revision of it resolves. */
  public static Repository assumed(String pipeline) {
    String name = nameOf(pipeline);
    String url = pipeline.contains("://") ? pipeline : "https://github.com/" + name;
    return new Repository(name, url.replaceFirst("\\.git$", ""), "", Map.of(), List.of("main"));
  }

  /** {@code owner/name} of a URL or shorthand. */
  public static String nameOf(String pipeline) {
    String path = pipeline.replaceFirst("^[A-Za-z+]+://[^/]+/", "").replaceFirst("^git@[^:]+:", "");
    String clean = path.replaceFirst("/+$", "").replaceFirst("\\.git$", "");
    return pipeline.contains("github.com") ? clean.toLowerCase(Locale.ROOT) : clean;
  }

  /** The commit of a revision; an empty revision is the default branch. */
  public Optional<String> commit(String revision) {
    String wanted = revision.isEmpty() ? "main" : revision;
    if (tags.isEmpty()) {
      return Optional.of(
          COMMIT.matcher(wanted).matches() ? wanted : Hashes.sha1(name + '@' + wanted));
    }
    String known = tags.get(wanted);
    if (known != null) {
      return Optional.of(known);
    }
    return tags.values().stream().filter(wanted::equals).findFirst();
  }
}
