package io.towpath.worker.settings;

import io.towpath.activities.sevenbridges.SevenBridgesConnection;
import io.towpath.worker.settings.Written.Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds Seven Bridges accounts under the names that users of its clients already have: {@code
 * SB_AUTH_TOKEN} with {@code SB_API_ENDPOINT}, {@code SEVENBRIDGES_CONNECTION_URI}, whose {@code
 * ?project=} is for other tools, and each profile of {@code ~/.sevenbridges/credentials}.
 */
public final class SevenBridgesSettings {
  static final Platform SEVEN_BRIDGES =
      new Platform(
          "sevenbridges",
          "sbg://:<token>@cavatica-api.sbgenomics.com/v2",
          Map.of(
              Platform.TOKEN,
              List.of("SB_AUTH_TOKEN"),
              Platform.URI,
              List.of("SEVENBRIDGES_CONNECTION_URI"),
              "endpoint",
              List.of("SB_API_ENDPOINT"),
              "callsPerFiveMinutes",
              List.of("TOWPATH_SB_CALLS_PER_FIVE_MINUTES"),
              "callsAtOnce",
              List.of("TOWPATH_SB_CALLS_AT_ONCE")));

  /** Keys of a profile by field. */
  private static final Map<String, String> KEYS =
      Map.of(Platform.TOKEN, "auth_token", "endpoint", "api_endpoint");

  private SevenBridgesSettings() {}

  /**
   * The connections by name; none where no ETL needs one.
   *
   * @param home the user's home directory
   */
  public static Map<String, SevenBridgesConnection> read(Connections connections, Path home) {
    return connections.read(
        SEVEN_BRIDGES, profiles(connections.settings(), home), SevenBridgesSettings::of);
  }

  private static SevenBridgesConnection of(Written written) {
    SevenBridgesConnection.Quota share = SevenBridgesConnection.SHARE;
    return new SevenBridgesConnection(
        written.endpoint(SevenBridgesConnection.CAVATICA),
        written.token(),
        new SevenBridgesConnection.Quota(
            written.count("callsPerFiveMinutes", share.callsPerFiveMinutes()),
            written.count("callsAtOnce", share.atOnce())));
  }

  private static Map<String, Map<String, Entry>> profiles(Settings settings, Path home) {
    Path credentials = home.resolve(".sevenbridges").resolve("credentials");
    Map<String, Map<String, Entry>> profiles = new TreeMap<>();
    IniFile.read(settings, credentials)
        .forEach(
            (name, profile) -> {
              Map<String, Entry> entries = new TreeMap<>();
              KEYS.forEach(
                  (field, key) ->
                      Optional.ofNullable(profile.get(key))
                          .filter(text -> !text.isEmpty())
                          .ifPresent(
                              text ->
                                  entries.put(
                                      field,
                                      new Entry(
                                          key + " of [" + name + "] in " + credentials, text))));
              if (entries.containsKey(Platform.TOKEN)) {
                profiles.put(name, entries);
              }
            });
    return profiles;
  }
}
