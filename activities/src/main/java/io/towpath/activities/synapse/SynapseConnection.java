package io.towpath.activities.synapse;

import io.towpath.activities.config.Secret;
import java.net.URI;

/**
 * One Synapse credential.
 *
 * @param endpoint base URL under which {@code /repo/v1}, {@code /auth/v1} and {@code /file/v1} lie
 * @param token personal access token with the scopes view, download and modify
 * @param quota how much of the user's quota this worker may use; workers that share a user share it
 */
public record SynapseConnection(URI endpoint, Secret token, Quota quota) {
  /** Where Synapse itself answers. */
  public static final URI SYNAPSE = URI.create("https://repo-prod.prod.sagebase.org");

  /** What Synapse allows one user: 600 calls a minute, 3 at once. */
  public static final Quota WHOLE = new Quota(600, 3);

  /** Calls a minute and calls at once. */
  public record Quota(int callsPerMinute, int atOnce) {
    public Quota {
      if (callsPerMinute < 1 || atOnce < 1) {
        throw new IllegalArgumentException("a quota below one call is none");
      }
    }
  }

  /** A connection that may use the user's whole quota. */
  public SynapseConnection(URI endpoint, Secret token) {
    this(endpoint, token, WHOLE);
  }

  public SynapseConnection {
    String scheme = endpoint.getScheme();
    if (endpoint.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
      throw new IllegalArgumentException(
          "SYNAPSE_ENDPOINT is \"" + endpoint + "\"; expected a URL such as " + SYNAPSE);
    }
  }
}
