package io.towpath.activities.synapse;

import io.towpath.activities.http.ApiAccount;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import okhttp3.OkHttpClient;

/** The named connections of a worker, each with one client and so one quota. */
public final class SynapseConnections {
  private final Map<String, SynapseAccount> accounts = new HashMap<>();

  public SynapseConnections(Map<String, SynapseConnection> connections, OkHttpClient http) {
    connections.forEach(
        (name, connection) -> accounts.put(name, new SynapseAccount(name, connection, http)));
  }

  /** The accounts by name, for the adapter that resolves DRS ids under them. */
  public Map<String, ApiAccount> shared() {
    Map<String, ApiAccount> shared = new TreeMap<>();
    accounts.forEach((name, account) -> shared.put(name, account.client().account()));
    return shared;
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
              + " (SYNAPSE_AUTH_TOKEN sets \"default\")");
    }
    return account;
  }
}
