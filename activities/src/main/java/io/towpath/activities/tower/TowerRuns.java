package io.towpath.activities.tower;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.poll.StatusReader;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.tower.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The runs of one workspace: by exact name over all pages, by id, and many at once. */
final class TowerRuns implements StatusReader.Source<RunRow> {
  /** A sweep ends here; runs further down are asked for by id. */
  private static final int SWEEP_PAGES = 10;

  /** No workspace has as many runs with one key; more means that paging does not end. */
  private static final int MOST_PAGES = 1_000;

  /** Best first: done, then the one that goes on; the earlier, then the smaller id. */
  static final Comparator<RunRow> KEEP_FIRST =
      Comparator.<RunRow>comparingInt(row -> rank(row.status()))
          .thenComparing(row -> row.submit().orElse(Instant.MAX))
          .thenComparing(RunRow::id);

  private final TowerClient client;
  private final long workspace;

  TowerRuns(TowerClient client, long workspace) {
    this.client = client;
    this.workspace = workspace;
  }

  /** Every run with exactly this name, the one to keep first. */
  List<RunRow> named(String runName) {
    return searched("runName:" + runName, runName, row -> row.runName().equals(runName));
  }

  /** Every run whose name ends with the key, or with the key and a number of a relaunch. */
  List<RunRow> keyed(String key) {
    return searched(
        "*" + key + "*", key, row -> row.runName().matches(".*-" + key + "(-r[1-9]\\d{0,5})?"));
  }

  Optional<RunRow> byId(String id) {
    return client.run(workspace, id).map(RunRow::of);
  }

  @Override
  public Optional<RunRow> one(String id) {
    return byId(id);
  }

  @Override
  public Map<String, RunRow> sweep(Set<String> wanted) {
    Map<String, RunRow> seen = new HashMap<>();
    Set<String> missing = new HashSet<>(wanted);
    for (int page = 0; page < SWEEP_PAGES && !missing.isEmpty(); page++) {
      JsonNode answer = client.runs(workspace, "", page * TowerClient.PAGE);
      for (JsonNode element : answer.path("workflows")) {
        RunRow row = RunRow.of(element);
        seen.putIfAbsent(row.id(), row);
        missing.remove(row.id());
      }
      if (!more(answer)) {
        break;
      }
    }
    return seen;
  }

  /** By the exact keyword first; older servers know only the free text. */
  private List<RunRow> searched(String first, String second, Predicate<RunRow> ours) {
    List<RunRow> found = all(first, ours);
    return found.isEmpty() ? all(second, ours) : found;
  }

  private List<RunRow> all(String search, Predicate<RunRow> ours) {
    Map<String, RunRow> found = new HashMap<>();
    int offset = 0;
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode answer = client.runs(workspace, search, offset);
      JsonNode rows = answer.path("workflows");
      for (JsonNode element : rows) {
        RunRow row = RunRow.of(element);
        if (ours.test(row)) {
          found.put(row.id(), row);
        }
      }
      if (!more(answer)) {
        List<RunRow> sorted = new ArrayList<>(found.values());
        sorted.sort(KEEP_FIRST);
        return sorted;
      }
      offset += rows.size();
    }
    throw new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE,
        "Seqera GET /workflow gave " + MOST_PAGES + " pages for \"" + search + "\" without an end");
  }

  /** An answer that is no list must not look like the end of one. */
  private static boolean more(JsonNode answer) {
    JsonNode rows = answer.path("workflows");
    if (!rows.isArray()) {
      throw new PlatformException(
          FailureKind.PLATFORM_UNAVAILABLE, "Seqera GET /workflow answered without a list of runs");
    }
    JsonNode hasMore = answer.path("hasMore");
    boolean full = rows.size() >= TowerClient.PAGE;
    return !rows.isEmpty() && (hasMore.isBoolean() ? hasMore.asBoolean() : full);
  }

  static int rank(RunStatus status) {
    return switch (status) {
      case SUCCEEDED -> 0;
      case RUNNING, UNKNOWN, SUBMITTED -> 1;
      case FAILED, CANCELLED -> 2;
    };
  }
}
