package io.towpath.activities.tower;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.OkHttpClient;

/** The Seqera connections of a worker, each with one budget of calls and one memory. */
public final class TowerSites {
  private final Map<String, TowerSite> sites = new TreeMap<>();

  /**
   * @param http shared client, for its pool of connections
   * @param connections the named connections
   * @param pollFloor shortest polling interval
   */
  public TowerSites(
      OkHttpClient http, Map<String, TowerConnection> connections, Duration pollFloor) {
    connections.forEach((name, one) -> sites.put(name, new TowerSite(http, one, pollFloor)));
  }

  TowerSite site(String connection) {
    TowerSite site = sites.get(connection);
    if (site == null) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "this worker has no Seqera connection \"" + connection + "\"; it has: " + sites.keySet());
    }
    return site;
  }
}
