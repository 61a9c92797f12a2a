package io.towpath.activities.drs;

import io.towpath.activities.config.Secret;
import io.towpath.activities.http.ApiAccount;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The servers that one connection mints at, and resolves at. Each is asked only for what it gave
 * itself: no credential goes to a host that an id names.
 *
 * @param sevenBridges account of the Seven Bridges API, under which {@code drs-internal} lies
 * @param cavatica CAVATICA's DRS server, which takes the same credential and counts the same quota
 * @param indexd Gen3's index, which is a DRS server too
 * @param synapse account of Synapse, which is a DRS server too
 * @param datasets ids of CAVATICA's datasets by {@code name@version}: the platform has no call that
 *     tells them
 */
public record DrsConnection(
    Optional<ApiAccount> sevenBridges,
    URI cavatica,
    Optional<Indexd> indexd,
    Optional<ApiAccount> synapse,
    Map<String, String> datasets) {
  /** Where CAVATICA's DRS server answers. */
  public static final URI CAVATICA = URI.create("https://cavatica-ga4gh-api.sbgenomics.com");

  public DrsConnection {
    datasets = Map.copyOf(datasets);
  }

  /**
   * One indexd.
   *
   * @param endpoint base under which {@code /index} lies, as {@code INDEXD_ENDPOINT}; Gen3's proxy
   *     adds an {@code /index} of its own
   * @param credential {@code user:password}, or an access token, as {@code INDEXD_AUTH}
   * @param callsPerSecond how many this worker makes, as {@code TOWPATH_INDEXD_CALLS_PER_SECOND}
   */
  public record Indexd(URI endpoint, Secret credential, int callsPerSecond) {
    /** Gen3 states no quota; this is what one server with one database bears well. */
    public static final int CALLS_PER_SECOND = 30;
  }
}
