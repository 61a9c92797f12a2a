package io.towpath.activities.tower;

import io.towpath.activities.poll.StatusReader;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One connection with what is remembered of it. */
final class TowerSite {
  private final TowerClient client;
  private final TowerDirectory directory;
  private final Duration pollFloor;
  private final Map<Long, StatusReader<RunRow>> readers = new ConcurrentHashMap<>();

  TowerSite(TowerClient client, TowerConnection connection, Duration pollFloor) {
    this.client = client;
    this.directory = new TowerDirectory(client, connection);
    this.pollFloor = pollFloor;
  }

  TowerClient client() {
    return client;
  }

  TowerDirectory directory() {
    return directory;
  }

  TowerRuns runs(long workspace) {
    return new TowerRuns(client, workspace);
  }

  /** Shared by everybody who waits in this workspace. */
  StatusReader<RunRow> reader(long workspace) {
    return readers.computeIfAbsent(workspace, id -> new StatusReader<>(runs(id), pollFloor));
  }
}
