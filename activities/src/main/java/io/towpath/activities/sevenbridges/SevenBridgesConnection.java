package io.towpath.activities.sevenbridges;

import io.towpath.activities.config.Secret;
import java.net.URI;

/**
 * One Seven Bridges account.
 *
 * @param endpoint API root with {@code /v2}, as {@code SB_API_ENDPOINT}
 * @param token authentication token, as {@code SB_AUTH_TOKEN}
 * @param quota how much of the account's quota this worker may use; workers that share an account
 *     share it
 */
public record SevenBridgesConnection(URI endpoint, Secret token, Quota quota) {
  /** Where CAVATICA answers. */
  public static final URI CAVATICA = URI.create("https://cavatica-api.sbgenomics.com/v2");

  /** The platform allows an account 1,000 calls in five minutes; a tenth is left to people. */
  public static final Quota SHARE = new Quota(900, 8);

  /** Calls in five minutes, and calls at once. */
  public record Quota(int callsPerFiveMinutes, int atOnce) {
    public Quota {
      if (callsPerFiveMinutes < 1 || atOnce < 1) {
        throw new IllegalArgumentException("a quota below one call is none");
      }
    }
  }

  /** A connection that may use all but what is left to people. */
  public SevenBridgesConnection(URI endpoint, Secret token) {
    this(endpoint, token, SHARE);
  }

  public SevenBridgesConnection {
    String scheme = endpoint.getScheme();
    if (endpoint.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
      throw new IllegalArgumentException(
          "SB_API_ENDPOINT is \"" + endpoint + "\"; expected a URL such as " + CAVATICA);
    }
  }
}
