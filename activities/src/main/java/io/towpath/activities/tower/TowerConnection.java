package io.towpath.activities.tower;

import io.towpath.activities.config.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How to reach one workspace of a Seqera Platform. The variables are those of Seqera's own CLI.
 *
 * @param endpoint API root, as {@code TOWER_API_ENDPOINT}
 * @param token access token, as {@code TOWER_ACCESS_TOKEN}
 * @param workspace numeric id or {@code org/name}, as {@code TOWER_WORKSPACE_ID}; empty is the
 *     personal workspace
 */
public record TowerConnection(URI endpoint, Secret token, Optional<String> workspace) {
  public TowerConnection {
    String scheme = endpoint.getScheme();
    if (endpoint.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException("TOWER_API_ENDPOINT is not an http or https URL");
    }
    workspace = workspace.map(String::strip).filter(text -> !text.isEmpty());
  }

  /**
   * Reads {@code tower://:<token>@tower.example.org/api/?workspace=org/name}, percent-encoded.
   *
   * @throws IllegalArgumentException when it is none; its message may hold the credential
   */
  public static TowerConnection of(String text) {
    URI uri = URI.create(text);
    String user = uri.getRawUserInfo();
    String query = uri.getRawQuery();
    if (!"tower".equals(uri.getScheme()) || user == null || !user.startsWith(":")) {
      throw new IllegalArgumentException("not tower://:<token>@host");
    }
    Optional<String> workspace =
        query != null && query.startsWith("workspace=")
            ? Optional.of(decoded(query.substring("workspace=".length())))
            : Optional.empty();
    if (workspace.isPresent() && !workspace.get().matches("[^/]+/[^/]+")) {
      throw new IllegalArgumentException("workspace is not org/name");
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
    return new TowerConnection(
        URI.create(
            "https://"
                + uri.getRawAuthority().substring(uri.getRawAuthority().lastIndexOf('@') + 1)
                + path),
        new Secret(decoded(user.substring(1))),
        workspace);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
