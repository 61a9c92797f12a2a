package io.towpath.activities.tower;

import io.towpath.activities.config.Secret;
import io.towpath.activities.connections.Examined;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import okhttp3.OkHttpClient;

/**
 * The Seqera connections of a worker, each with a memory of its own. Workspaces that are reached
 * with one token share its budget of calls.
 */
public final class TowerSites implements Examined {
  private final Map<String, TowerSite> sites = new TreeMap<>();

  /**
   * @param http shared client, for its pool of connections
   * @param connections the named connections
   * @param pollFloor shortest polling interval
   */
  public TowerSites(
      OkHttpClient http, Map<String, TowerConnection> connections, Duration pollFloor) {
    Map<Credential, TowerClient> clients = new HashMap<>();
    connections.forEach(
        (name, one) ->
            sites.put(
                name,
                new TowerSite(
                    clients.computeIfAbsent(
                        new Credential(one.endpoint(), one.token()),
                        unused -> new TowerClient(http, TowerClient.account(name, one))),
                    one,
                    pollFloor)));
  }

  private record Credential(URI endpoint, Secret token) {}

  @Override
  public Set<String> names() {
    return Set.copyOf(sites.keySet());
  }

  @Override
  public Findings examine(String connection) {
    return new WorkspaceRights(site(connection).directory()).findings();
  }

  TowerSite site(String connection) {
    TowerSite site = sites.get(connection);
    if (site == null) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "this worker has no Seqera connection \""
              + connection
              + "\"; it has "
              + sites.keySet()
              + " (TOWER_ACCESS_TOKEN sets \"default\", TOWER_ACCESS_TOKEN_LAB \"lab\")");
    }
    return site;
  }
}
