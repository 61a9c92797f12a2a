package io.towpath.activities.outside;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.rows.RecentRows;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.SourceId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The files of one platform. What it says of a file is checked against what can be read, and kept
 * for some minutes, so that a plan and the preflight and staging of its run look once.
 */
final class PlatformFiles {
  /** After so many, what was seen is kept: an attempt that fails loses no more. */
  private static final int AT_A_TIME = 100;

  private static final int MOST_KEPT = 20_000;
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final OutsidePlatform platform;
  private final Probe probe;
  private final PageRunner pages;
  private final RecentRows<OutsideLook> seen = new RecentRows<>(OutsideLook.class, MOST_KEPT, KEPT);

  PlatformFiles(OutsidePlatform platform, Probe probe, PageRunner pages) {
    this.platform = platform;
    this.probe = probe;
    this.pages = pages;
  }

  List<OutsideLook> look(String connection, List<SourceId> ids, Runnable heartbeat) {
    Map<SourceId, OutsideLook> looks = new HashMap<>();
    ids.forEach(id -> known(connection, id).ifPresent(look -> looks.put(id, look)));
    List<SourceId> unknown = ids.stream().filter(id -> !looks.containsKey(id)).toList();
    for (int from = 0; from < unknown.size(); from += AT_A_TIME) {
      List<SourceId> some = unknown.subList(from, Math.min(from + AT_A_TIME, unknown.size()));
      List<OutsideLook> told = told(connection, some, heartbeat);
      List<OutsideLook> checked =
          pages.run(
              told, OutsideFiles.AT_ONCE, look -> checked(connection, look), p -> heartbeat.run());
      for (int i = 0; i < some.size(); i++) {
        looks.put(some.get(i), checked.get(i));
        keep(connection, some.get(i), checked.get(i));
      }
    }
    return ids.stream().map(id -> Objects.requireNonNull(looks.get(id))).toList();
  }

  FileUrl url(String connection, SourceId id) {
    return platform.url(connection, id);
  }

  /** What the platform says. That it says nothing at all, as to a bad token, befell each file. */
  private List<OutsideLook> told(String connection, List<SourceId> ids, Runnable heartbeat) {
    try {
      return platform.look(connection, ids, heartbeat);
    } catch (PlatformException e) {
      if (e.kind().retryable()) {
        throw e;
      }
      return ids.stream().map(id -> OutsideLook.unfetched(id, e)).toList();
    }
  }

  private OutsideLook checked(String connection, OutsideLook look) {
    return look.file()
        .filter(file -> file.handle().isEmpty())
        .map(file -> probe.checked(file, () -> platform.url(connection, file.id())))
        .orElse(look);
  }

  private Optional<OutsideLook> known(String connection, SourceId id) {
    return seen.get(connection + " " + id.value())
        .filter(look -> look.file().map(FileRef::id).equals(Optional.of(id)));
  }

  /** Problems are not kept: somebody is about to mend them. */
  private void keep(String connection, SourceId id, OutsideLook look) {
    if (look.problem().isEmpty()) {
      seen.put(connection + " " + id.value(), look);
    }
  }
}
