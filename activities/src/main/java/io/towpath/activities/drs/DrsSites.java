package io.towpath.activities.drs;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.OkHttpClient;

/** The named connections of a worker, each with its servers and so one quota per server. */
public final class DrsSites {
  private final Map<String, DrsSite> sites = new TreeMap<>();

  /**
   * @param http shared client, for its pool of connections
   */
  public DrsSites(Map<String, DrsConnection> connections, OkHttpClient http) {
    connections.forEach((name, one) -> sites.put(name, new DrsSite(http, one)));
  }

  DrsSite get(String connection) {
    DrsSite site = sites.get(connection);
    if (site == null) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "this worker has no DRS connection \"" + connection + "\"; it has: " + sites.keySet());
    }
    return site;
  }
}
