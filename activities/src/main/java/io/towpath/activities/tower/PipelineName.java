package io.towpath.activities.tower;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One spelling for the many names of a pipeline's repository. */
final class PipelineName {
  private static final Pattern SHORTHAND = Pattern.compile("[\\w.-]+/[\\w.-]+");
  private static final Pattern SSH = Pattern.compile("(?:ssh://)?git@([^:/]+)[:/](.+)");
  private static final Pattern URL = Pattern.compile("(?i)(https?)://(?:[^/@]*@)?([^/]+)/+(.+)");

  private PipelineName() {}

  /**
   * The repository's URL: https, host in lower case, without {@code .git} and slashes at the end;
   * on GitHub, which ignores case, all of it in lower case. Empty for anything else, which is then
   * the name or id of a launchpad pipeline.
   */
  static Optional<String> url(String written) {
    String name = written.strip();
    Matcher ssh = SSH.matcher(name);
    if (ssh.matches()) {
      return Optional.of(normal("https", ssh.group(1), ssh.group(2)));
    }
    Matcher url = URL.matcher(name);
    if (url.matches()) {
      return Optional.of(normal(url.group(1), url.group(2), url.group(3)));
    }
    return SHORTHAND.matcher(name).matches()
        ? Optional.of(normal("https", "github.com", name))
        : Optional.empty();
  }

  private static String normal(String scheme, String host, String path) {
    String lowerHost = host.toLowerCase(Locale.ROOT).replaceFirst("^www\\.github", "github");
    boolean hub = lowerHost.equals("github.com");
    String clean =
        path.replaceFirst("[?#].*$", "")
            .replaceFirst("/+$", "")
            .replaceFirst("(?i)\\.git$", "")
            .replaceFirst("/+$", "");
    return (hub ? "https" : scheme.toLowerCase(Locale.ROOT))
        + "://"
        + lowerHost
        + "/"
        + (hub ? clean.toLowerCase(Locale.ROOT) : clean);
  }
}
