package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.connections.Examined;
import io.towpath.activities.http.ApiAccount;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import okhttp3.OkHttpClient;

/** The named connections of a worker; equal ones share a client and so a quota. */
public final class SevenBridgesAccounts implements Examined {
  private static final String DEFAULT = "default";

  private final Map<String, SevenBridgesAccount> accounts = new TreeMap<>();

  /**
   * @param http shared client, for its pool of connections
   * @param pollFloor shortest polling interval
   */
  public SevenBridgesAccounts(
      Map<String, SevenBridgesConnection> connections, OkHttpClient http, Duration pollFloor) {
    Map<SevenBridgesConnection, SevenBridgesAccount> made = new HashMap<>();
    connections.forEach(
        (name, one) ->
            accounts.put(
                name,
                made.computeIfAbsent(
                    one, unused -> new SevenBridgesAccount(http, name, one, pollFloor))));
  }

  /** The accounts by name, for the adapter that mints DRS ids under them. */
  public Map<String, ApiAccount> shared() {
    Map<String, ApiAccount> shared = new TreeMap<>();
    accounts.forEach((name, account) -> shared.put(name, account.shared()));
    return shared;
  }

  @Override
  public Set<String> names() {
    return none() ? Set.of(DEFAULT) : Set.copyOf(accounts.keySet());
  }

  @Override
  public Findings examine(String connection) {
    if (none()) {
      return Findings.of("not configured; cavatica-drs needs SB_AUTH_TOKEN");
    }
    SevenBridgesClient client = get(connection).client();
    JsonNode rate = client.rateLimit().path("rate");
    return Findings.of(
        "user "
            + client.user().path("username").asText("")
            + ", "
            + rate.path("remaining").asText("?")
            + " of "
            + rate.path("limit").asText("?")
            + " calls left in these five minutes",
        "write and execute in projects, which check looks at");
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
              + " (SB_AUTH_TOKEN sets \"default\", SB_AUTH_TOKEN_LAB \"lab\")");
    }
    return account;
  }
}
