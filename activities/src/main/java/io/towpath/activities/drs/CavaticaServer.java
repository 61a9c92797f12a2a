package io.towpath.activities.drs;

import io.towpath.activities.http.ApiAccount;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** One account of CAVATICA: where it mints, where it resolves, and what is not noted yet. */
final class CavaticaServer {
  private final DrsInternalClient client;
  private final DrsClient drs;
  private final String uriBase;
  private final Map<String, String> unnoted = new ConcurrentHashMap<>();

  /**
   * @param server its DRS server: of the same platform, so it is given the same token
   */
  CavaticaServer(OkHttpClient http, ApiAccount account, URI server) {
    this.client = new DrsInternalClient(http, account);
    this.drs = new DrsClient(http, "DRS", account.at(HttpUrl.get(server), new DrsDialect()));
    this.uriBase = "drs://" + host(server) + "/";
  }

  /** The host in its URIs; a server at a port, which no DRS URI can name, stands for CAVATICA's. */
  static String host(URI server) {
    return server.getPort() < 0 ? server.getHost() : DrsConnection.CAVATICA.getHost();
  }

  DrsInternalClient client() {
    return client;
  }

  DrsClient drs() {
    return drs;
  }

  /** What its URIs begin with. */
  String uriBase() {
    return uriBase;
  }

  /**
   * Ids by dataset and digest that the platform gave and the ledger could not be told: whoever asks
   * in this process next need not take them for lost.
   */
  Map<String, String> unnoted() {
    return unnoted;
  }
}
