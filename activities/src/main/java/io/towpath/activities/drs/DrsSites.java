package io.towpath.activities.drs;

import io.towpath.activities.connections.Examined;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import okhttp3.OkHttpClient;

/** The named connections of a worker, each with its servers and so one quota per server. */
public final class DrsSites implements Examined {
  private final Map<String, DrsSite> sites = new TreeMap<>();

  /**
   * @param http shared client, for its pool of connections
   */
  public DrsSites(Map<String, DrsConnection> connections, OkHttpClient http) {
    Map<DrsConnection.Indexd, IndexdServer> indexds = new HashMap<>();
    connections.forEach(
        (name, one) ->
            sites.put(
                name,
                new DrsSite(
                    http,
                    one,
                    one.indexd()
                        .map(
                            server ->
                                indexds.computeIfAbsent(
                                    server, unused -> new IndexdServer(http, name, server))))));
  }

  @Override
  public Set<String> names() {
    return Set.copyOf(sites.keySet());
  }

  @Override
  public Findings examine(String connection) {
    return get(connection).examine();
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
