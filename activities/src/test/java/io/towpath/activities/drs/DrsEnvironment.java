package io.towpath.activities.drs;

import io.towpath.activities.config.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The servers that a sandbox's environment names. */
final class DrsEnvironment {
  private DrsEnvironment() {}

  static DrsServers servers(Map<String, String> env) {
    Map<String, DrsConnection.Indexd> indexd = new TreeMap<>();
    url(env, "INDEXD_ENDPOINT")
        .ifPresent(
            url ->
                indexd.put(
                    "default",
                    new DrsConnection.Indexd(
                        url, new Secret(env.getOrDefault("INDEXD_AUTH", "")), 30)));
    Map<String, String> datasets = new TreeMap<>();
    for (String entry : env.getOrDefault("TOWPATH_DRS_DATASETS", "").split(",", -1)) {
      if (entry.contains("=")) {
        datasets.put(entry.replaceFirst("=.*$", ""), entry.replaceFirst("^.*=", ""));
      }
    }
    return new DrsServers(url(env, "DRS_ENDPOINT"), indexd, datasets);
  }

  private static Optional<URI> url(Map<String, String> env, String name) {
    return Optional.ofNullable(env.get(name)).filter(text -> !text.isEmpty()).map(URI::create);
  }
}
