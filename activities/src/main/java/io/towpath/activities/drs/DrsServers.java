package io.towpath.activities.drs;

import io.towpath.activities.drs.DrsConnection.Indexd;
import io.towpath.activities.http.ApiAccount;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The servers that mint and resolve, beside those that accounts bring.
 *
 * @param drs CAVATICA's DRS server ({@code DRS_ENDPOINT}); empty is the public one
 * @param indexd Gen3's index by connection name; the default one serves the others too
 * @param datasets ids of CAVATICA's datasets by {@code name@version}
 */
public record DrsServers(
    Optional<URI> drs, Map<String, Indexd> indexd, Map<String, String> datasets) {
  private static final String DEFAULT = "default";

  public DrsServers {
    indexd = Map.copyOf(indexd);
    datasets = Map.copyOf(datasets);
  }

  /**
   * A connection for each account.
   *
   * @param sevenBridges accounts by connection name
   * @param synapse accounts by connection name
   */
  public Map<String, DrsConnection> connections(
      Map<String, ApiAccount> sevenBridges, Map<String, ApiAccount> synapse) {
    Set<String> names = new TreeSet<>(indexd.keySet());
    names.addAll(sevenBridges.keySet());
    names.addAll(synapse.keySet());
    names.add(DEFAULT);
    Map<String, DrsConnection> connections = new TreeMap<>();
    for (String name : names) {
      connections.put(
          name,
          new DrsConnection(
              Optional.ofNullable(sevenBridges.get(name)),
              drs.orElse(DrsConnection.CAVATICA),
              Optional.ofNullable(indexd.getOrDefault(name, indexd.get(DEFAULT))),
              Optional.ofNullable(synapse.get(name)),
              datasets));
    }
    return connections;
  }

  /** The servers that are set. */
  public Set<URI> servers() {
    Set<URI> servers = new TreeSet<>();
    drs.ifPresent(servers::add);
    indexd.values().forEach(server -> servers.add(server.endpoint()));
    return servers;
  }
}
