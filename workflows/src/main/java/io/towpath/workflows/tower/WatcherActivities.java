package io.towpath.workflows.tower;

import io.temporal.activity.ActivityInterface;
import java.util.List;
import java.util.Optional;

/** Asks Seqera about many runs at once. */
@ActivityInterface(namePrefix = "Watcher")
public interface WatcherActivities {
  /**
   * Waits until there is something to tell. Each attempt asks about all runs, by as few lists as
   * there must be; without news it fails with {@code STILL_RUNNING}, and Temporal repeats it.
   * Read-only.
   */
  News awaitNews(Watch watch);

  /**
   * What is watched.
   *
   * @param connection name of the Seqera connection on the worker
   * @param workspaceId numeric workspace id; 0 is the personal workspace
   * @param runIds the platform's ids of the runs
   * @param newestMillis when the last of them was added, as milliseconds since 1970: young runs are
   *     looked for more often
   */
  record Watch(String connection, long workspaceId, List<String> runIds, long newestMillis) {
    public Watch {
      runIds = List.copyOf(runIds);
    }
  }

  /**
   * What whoever waits should know.
   *
   * @param runIds runs that ended, that the platform lost sight of, or that it does not know
   * @param outage the platform's words, when it answers nothing about any run; empty normally
   */
  record News(List<String> runIds, Optional<String> outage) {
    public News {
      runIds = List.copyOf(runIds);
    }
  }
}
