package io.towpath.activities.drs;

import io.towpath.activities.config.Secret;
import io.towpath.activities.drs.DrsConnection.Indexd;
import io.towpath.activities.http.ApiAccount;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the servers that mint and resolve: {@code DRS_ENDPOINT} (CAVATICA's, unless set), {@code
 * INDEXD_ENDPOINT} with {@code INDEXD_AUTH} and {@code TOWPATH_INDEXD_CALLS_PER_SECOND}, and {@code
 * TOWPATH_DRS_DATASETS} ({@code name@version=id}, separated by commas).
 */
public final class DrsSettings {
  private static final String DRS = "DRS_ENDPOINT";
  private static final String INDEXD = "INDEXD_ENDPOINT";
  private static final String INDEXD_AUTH = "INDEXD_AUTH";
  private static final String INDEXD_CALLS = "TOWPATH_INDEXD_CALLS_PER_SECOND";
  private static final String DATASETS = "TOWPATH_DRS_DATASETS";

  private final Function<String, String> env;

  public DrsSettings(Map<String, String> env) {
    this.env = name -> env.getOrDefault(name, "").strip();
  }

  /**
   * A connection for each account, all with the same servers.
   *
   * @param sevenBridges accounts by connection name
   * @param synapse accounts by connection name
   * @throws IllegalArgumentException when a setting is there and cannot be right; the message names
   *     it and holds no credential
   */
  public Map<String, DrsConnection> find(
      Map<String, ApiAccount> sevenBridges, Map<String, ApiAccount> synapse) {
    URI cavatica = endpoint(DRS).orElse(DrsConnection.CAVATICA);
    Optional<Indexd> indexd = indexd();
    Map<String, String> datasets = datasets();
    TreeSet<String> names = new TreeSet<>(sevenBridges.keySet());
    names.addAll(synapse.keySet());
    names.add("default");
    Map<String, DrsConnection> connections = new TreeMap<>();
    for (String name : names) {
      connections.put(
          name,
          new DrsConnection(
              Optional.ofNullable(sevenBridges.get(name)),
              cavatica,
              indexd,
              Optional.ofNullable(synapse.get(name)),
              datasets));
    }
    return connections;
  }

  /** The credentials, which no request may hold. */
  public Optional<Secret> secret() {
    return indexd().map(Indexd::credential);
  }

  /** The servers that are set. */
  public Set<URI> servers() {
    return Stream.of(endpoint(DRS), endpoint(INDEXD))
        .flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Optional<Indexd> indexd() {
    Optional<URI> endpoint = endpoint(INDEXD);
    String credential = env.apply(INDEXD_AUTH);
    if (endpoint.isPresent() == credential.isEmpty()) {
      throw new IllegalArgumentException(
          endpoint.isPresent()
              ? INDEXD_AUTH + " is not set: user:password of indexd, or a token, with " + INDEXD
              : INDEXD + " is not set: the URL of the indexd that " + INDEXD_AUTH + " is for");
    }
    int calls = callsPerSecond();
    return endpoint.map(url -> new Indexd(url, new Secret(credential), calls));
  }

  private int callsPerSecond() {
    String value = env.apply(INDEXD_CALLS);
    if (value.isEmpty()) {
      return Indexd.CALLS_PER_SECOND;
    }
    if (!value.matches("[1-9]\\d{0,5}")) {
      throw refused(INDEXD_CALLS, value, "a number above 0");
    }
    return Integer.parseInt(value);
  }

  private Optional<URI> endpoint(String name) {
    String value = env.apply(name).replaceAll("/+$", "");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI url = URI.create(value);
      if (url.getHost() != null && value.matches("https?://.*")) {
        return Optional.of(url);
      }
    } catch (IllegalArgumentException e) {
      throw refused(name, value, "an http or https URL");
    }
    throw refused(name, value, "an http or https URL");
  }

  private Map<String, String> datasets() {
    Map<String, String> datasets = new TreeMap<>();
    for (String entry : env.apply(DATASETS).split(",", -1)) {
      String[] parts = entry.strip().split("=", -1);
      if (parts.length == 2 && parts[0].matches(".+@.+") && !parts[1].isBlank()) {
        datasets.put(parts[0].strip(), parts[1].strip());
      } else if (!entry.isBlank()) {
        throw refused(DATASETS, entry.strip(), "name@version=id");
      }
    }
    return datasets;
  }

  private static IllegalArgumentException refused(String name, String value, String expected) {
    return new IllegalArgumentException(name + " is \"" + value + "\"; expected " + expected);
  }
}
