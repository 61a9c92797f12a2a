package io.towpath.activities.synapse;

import io.towpath.activities.config.Secret;
import java.net.URI;

/**
 * One Synapse credential.
 *
 * @param endpoint base URL under which {@code /repo/v1}, {@code /auth/v1} and {@code /file/v1} lie
 * @param token personal access token with the scopes view, download and modify
 */
public record SynapseConnection(URI endpoint, Secret token) {
  /** Where Synapse itself answers. */
  public static final URI SYNAPSE = URI.create("https://repo-prod.prod.sagebase.org");

  public SynapseConnection {
    String scheme = endpoint.getScheme();
    if (endpoint.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
      throw new IllegalArgumentException(
          "SYNAPSE_ENDPOINT is \"" + endpoint + "\"; expected a URL such as " + SYNAPSE);
    }
  }
}
