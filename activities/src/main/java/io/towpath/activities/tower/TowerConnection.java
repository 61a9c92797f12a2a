package io.towpath.activities.tower;

import io.towpath.activities.config.Secret;
import java.net.URI;
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
}
