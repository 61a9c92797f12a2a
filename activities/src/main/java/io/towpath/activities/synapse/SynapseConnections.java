package io.towpath.activities.synapse;

import io.towpath.activities.connections.Examined;
import io.towpath.activities.http.ApiAccount;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import okhttp3.OkHttpClient;

/** The named connections of a worker; equal ones share a client and so a quota. */
public final class SynapseConnections implements Examined {
  private final Map<String, SynapseAccount> accounts = new HashMap<>();

  public SynapseConnections(Map<String, SynapseConnection> connections, OkHttpClient http) {
    Map<SynapseConnection, SynapseAccount> made = new HashMap<>();
    connections.forEach(
        (name, connection) ->
            accounts.put(
                name,
                made.computeIfAbsent(
                    connection, unused -> new SynapseAccount(name, connection, http))));
  }

  /** The accounts by name, for the adapter that resolves DRS ids under them. */
  public Map<String, ApiAccount> shared() {
    Map<String, ApiAccount> shared = new TreeMap<>();
    accounts.forEach((name, account) -> shared.put(name, account.client().account()));
    return shared;
  }

  @Override
  public Set<String> names() {
    return Set.copyOf(accounts.keySet());
  }

  @Override
  public Findings examine(String connection) {
    return get(connection).examine();
  }

  SynapseAccount get(String name) {
    SynapseAccount account = accounts.get(name);
    if (account == null) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "the worker has no Synapse connection \""
              + name
              + "\"; it has "
              + new TreeSet<>(accounts.keySet())
              + " (SYNAPSE_AUTH_TOKEN sets \"default\", SYNAPSE_AUTH_TOKEN_LAB \"lab\")");
    }
    return account;
  }
}
