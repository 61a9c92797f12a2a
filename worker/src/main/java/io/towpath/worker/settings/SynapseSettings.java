package io.towpath.worker.settings;

import io.towpath.activities.synapse.SynapseConnection;
import io.towpath.worker.settings.Written.Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Finds Synapse's connections under the names that users of its clients already have: {@code
 * SYNAPSE_AUTH_TOKEN}, {@code SYNAPSE_CONNECTION_URI}, and {@code authtoken} in {@code
 * ~/.synapseConfig}, in this order.
 */
public final class SynapseSettings {
  static final Platform SYNAPSE =
      new Platform(
          "synapse",
          "syn://:<token>@",
          Map.of(
              Platform.TOKEN,
              List.of("SYNAPSE_AUTH_TOKEN"),
              Platform.URI,
              List.of("SYNAPSE_CONNECTION_URI"),
              "endpoint",
              List.of("SYNAPSE_ENDPOINT"),
              "callsPerMinute",
              List.of("TOWPATH_SYNAPSE_CALLS_PER_MINUTE"),
              "callsAtOnce",
              List.of("TOWPATH_SYNAPSE_CALLS_AT_ONCE")));

  private SynapseSettings() {}

  /**
   * The connections by name, at least one.
   *
   * @param home the user's home directory
   */
  public static Map<String, SynapseConnection> read(Connections connections, Path home) {
    Map<String, SynapseConnection> found =
        connections.read(SYNAPSE, inHome(connections.settings(), home), SynapseSettings::of);
    if (found.isEmpty()) {
      connections
          .settings()
          .problem(
              "SYNAPSE_AUTH_TOKEN is not set: make a token with view, download and modify, or put"
                  + " it into ~/.synapseConfig");
    }
    return found;
  }

  private static SynapseConnection of(Written written) {
    SynapseConnection.Quota whole = SynapseConnection.WHOLE;
    return new SynapseConnection(
        written.endpoint(SynapseConnection.SYNAPSE),
        written.token(),
        new SynapseConnection.Quota(
            written.count("callsPerMinute", whole.callsPerMinute()),
            written.count("callsAtOnce", whole.atOnce())));
  }

  private static Map<String, Map<String, Entry>> inHome(Settings settings, Path home) {
    Path config = home.resolve(".synapseConfig");
    String token =
        IniFile.read(settings, config)
            .getOrDefault("authentication", Map.of())
            .getOrDefault("authtoken", "");
    return token.isEmpty()
        ? Map.of()
        : Map.of(
            Settings.DEFAULT, Map.of(Platform.TOKEN, new Entry("authtoken in " + config, token)));
  }
}
