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
 * @param callsPerSecond how much of the token's quota this worker may use; workers that share a
 *     token share it
 */
public record TowerConnection(
    URI endpoint, Secret token, Optional<String> workspace, int callsPerSecond) {
  /** The platform takes 20 calls a second for a token, which people use beside us. */
  public static final int MOST_CALLS_PER_SECOND = 15;

  /** A connection that may use all that is not left to people. */
  public TowerConnection(URI endpoint, Secret token, Optional<String> workspace) {
    this(endpoint, token, workspace, MOST_CALLS_PER_SECOND);
  }

  public TowerConnection {
    String scheme = endpoint.getScheme();
    if (endpoint.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException("TOWER_API_ENDPOINT is not an http or https URL");
    }
    if (callsPerSecond < 1) {
      throw new IllegalArgumentException("a quota below one call is none");
    }
    workspace = workspace.map(String::strip).filter(text -> !text.isEmpty());
  }
}
