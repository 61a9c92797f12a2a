package io.towpath.activities.sevenbridges;

import io.towpath.activities.http.ApiAccount;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.OkHttpClient;

/** The named connections of a worker, each with one client and so one quota. */
public final class SevenBridgesAccounts {
  private final Map<String, SevenBridgesAccount> accounts = new TreeMap<>();

  /**
   * @param http shared client, for its pool of connections
   * @param pollFloor shortest polling interval
   */
  public SevenBridgesAccounts(
      Map<String, SevenBridgesConnection> connections, OkHttpClient http, Duration pollFloor) {
    connections.forEach(
        (name, one) -> accounts.put(name, new SevenBridgesAccount(http, name, one, pollFloor)));
  }

  /** The accounts by name, for the adapter that mints DRS ids under them. */
  public Map<String, ApiAccount> shared() {
    Map<String, ApiAccount> shared = new TreeMap<>();
    accounts.forEach((name, account) -> shared.put(name, account.shared()));
    return shared;
  }

  /** Whether this worker has none: it serves the other ETLs. */
  boolean none() {
    return accounts.isEmpty();
  }

  SevenBridgesAccount get(String name) {
    if (none()) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "this worker is not connected to CAVATICA; set SB_AUTH_TOKEN in its environment, and"
              + " SB_API_ENDPOINT for another Seven Bridges platform");
    }
    SevenBridgesAccount account = accounts.get(name);
    if (account == null) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "this worker has no Seven Bridges connection \""
              + name
              + "\"; it has "
              + accounts.keySet()
              + " (SB_AUTH_TOKEN sets \"default\")");
    }
    return account;
  }
}
