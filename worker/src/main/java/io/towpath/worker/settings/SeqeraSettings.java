package io.towpath.worker.settings;

import io.towpath.activities.tower.TowerConnection;
import io.towpath.worker.settings.Written.Entry;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds Seqera's connections under the names of its own CLI and of Nextflow: {@code
 * TOWER_ACCESS_TOKEN} with {@code TOWER_API_ENDPOINT} and {@code TOWER_WORKSPACE_ID}, or {@code
 * NEXTFLOWTOWER_CONNECTION_URI}.
 */
public final class SeqeraSettings {
  static final Platform SEQERA =
      new Platform(
          "seqera",
          "tower://:<token>@host/api/?workspace=org/name",
          Map.of(
              Platform.TOKEN,
              List.of("TOWER_ACCESS_TOKEN", "NXF_TOWER_TOKEN"),
              Platform.URI,
              List.of("NEXTFLOWTOWER_CONNECTION_URI"),
              "endpoint",
              List.of("TOWER_API_ENDPOINT", "NXF_TOWER_API_URL"),
              "workspace",
              List.of("TOWER_WORKSPACE_ID"),
              "callsPerSecond",
              List.of("TOWPATH_SEQERA_CALLS_PER_SECOND")));

  private static final URI CLOUD = URI.create("https://api.cloud.seqera.io");

  private SeqeraSettings() {}

  /** The connections by name, at least one. */
  public static Map<String, TowerConnection> read(Connections connections) {
    Map<String, TowerConnection> found =
        connections.read(SEQERA, Map.of(), SeqeraSettings::connection);
    if (found.isEmpty()) {
      connections
          .settings()
          .problem("TOWER_ACCESS_TOKEN is not set: make a token in Seqera Platform's user menu");
    }
    return found;
  }

  private static TowerConnection connection(Written written) {
    return new TowerConnection(
        written.endpoint(CLOUD),
        written.token(),
        inUri(written).or(() -> written.entry("workspace").map(Entry::text)),
        written.count("callsPerSecond", TowerConnection.MOST_CALLS_PER_SECOND));
  }

  private static Optional<String> inUri(Written written) {
    Optional<String> workspace =
        written.uri().flatMap(uri -> Optional.ofNullable(uri.parameters().get("workspace")));
    workspace
        .filter(name -> !name.matches("[^/\\s]+/[^/\\s]+"))
        .ifPresent(
            name ->
                written.problem(
                    written.entry(Platform.URI).map(Entry::place).orElse("")
                        + " names the workspace \""
                        + name
                        + "\"; expected org/name"));
    return workspace;
  }
}
