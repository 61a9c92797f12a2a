package io.towpath.worker.settings;

import io.towpath.activities.drs.DrsConnection.Indexd;
import io.towpath.activities.drs.DrsServers;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the servers that mint and resolve: {@code DRS_ENDPOINT}, {@code INDEXD_ENDPOINT} with
 * {@code INDEXD_AUTH} and {@code TOWPATH_INDEXD_CALLS_PER_SECOND}, and {@code TOWPATH_DRS_DATASETS}
 * ({@code name@version=id}, separated by commas).
 */
public final class DrsSettings {
  static final Platform INDEXD =
      new Platform(
          "indexd",
          "",
          Map.of(
              Platform.TOKEN,
              List.of("INDEXD_AUTH"),
              "endpoint",
              List.of("INDEXD_ENDPOINT"),
              "callsPerSecond",
              List.of("TOWPATH_INDEXD_CALLS_PER_SECOND")));

  private static final URI NOWHERE = URI.create("https://localhost");
  private static final String DATASETS = "TOWPATH_DRS_DATASETS";

  private DrsSettings() {}

  /** The servers; those that are standard where nothing is set. */
  public static DrsServers read(Connections connections) {
    Settings settings = connections.settings();
    Map<String, Indexd> indexd = connections.read(INDEXD, Map.of(), DrsSettings::indexd);
    if (indexd.isEmpty() && settings.first("INDEXD_ENDPOINT").isPresent()) {
      settings.problem(
          "INDEXD_AUTH is not set: user:password of indexd, or a token, with INDEXD_ENDPOINT");
    }
    return new DrsServers(
        settings.first("DRS_ENDPOINT").map(text -> settings.url("DRS_ENDPOINT", text, NOWHERE)),
        indexd,
        datasets(settings));
  }

  private static Indexd indexd(Written written) {
    if (written.entry("endpoint").isEmpty()) {
      written.problem(
          "INDEXD_ENDPOINT is not set: the URL of the indexd that "
              + written.entry(Platform.TOKEN).map(Written.Entry::place).orElse("INDEXD_AUTH")
              + " is for");
    }
    return new Indexd(
        written.endpoint(NOWHERE),
        written.token(),
        written.count("callsPerSecond", Indexd.CALLS_PER_SECOND));
  }

  private static Map<String, String> datasets(Settings settings) {
    Map<String, String> datasets = new TreeMap<>();
    for (String entry : settings.list(DATASETS)) {
      String[] parts = entry.split("=", -1);
      if (parts.length == 2 && parts[0].matches(".+@.+") && !parts[1].isBlank()) {
        datasets.put(parts[0].strip(), parts[1].strip());
      } else {
        settings.problem(DATASETS + " has \"" + entry + "\"; expected name@version=id");
      }
    }
    return datasets;
  }
}
