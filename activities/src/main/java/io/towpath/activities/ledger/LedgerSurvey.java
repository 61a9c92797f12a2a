package io.towpath.activities.ledger;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.workflows.WorkflowIds;
import io.towpath.workflows.ledger.KeyState;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Many keys at once, by listing: one call for each 1,000 manifest versions that the ledger has ever
 * had, and two for each that belongs to the entities asked for.
 */
public final class LedgerSurvey {
  private static final int AT_ONCE = 16;

  private final Ledger ledger;
  private final PageRunner pages;

  public LedgerSurvey(Ledger ledger, PageRunner pages) {
    this.ledger = ledger;
    this.pages = pages;
  }

  /**
   * The round trips of these entities, of whatever version, of which the ledger has an entry.
   *
   * @param entities Synapse ids without version
   */
  public Map<String, KeyState> roundTrips(Set<String> entities, String recipe, Runnable heartbeat) {
    List<String> keys = new ArrayList<>();
    for (String name : ledger.store().names(ledger.paths().kind(WorkflowIds.ROUND_TRIP))) {
      manifest(name)
          .filter(id -> entities.contains(id.entity()))
          .ifPresent(id -> keys.add(WorkflowIds.roundTrip(id.value(), recipe)));
    }
    List<Optional<KeyState>> states =
        pages.run(keys, AT_ONCE, this::state, progress -> heartbeat.run());
    Map<String, KeyState> known = new TreeMap<>();
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      states.get(i).ifPresent(state -> known.put(key, state));
    }
    return known;
  }

  /**
   * What the open claims of one project recorded of a step: of each its newest generation, by
   * business key.
   *
   * @param project path of the project's keys, {@code cavatica-drs/owner/name}
   */
  public Map<String, Map<String, Object>> openOutcomes(String project, String step) {
    S3Uri folder = ledger.paths().folder(project);
    Map<String, Map<String, Object>> outcomes = new TreeMap<>();
    for (String sheet : ledger.store().names(folder)) {
      for (String app : ledger.store().names(folder.resolve(sheet))) {
        String key = project + "/" + LedgerPaths.decoded(sheet) + LedgerPaths.decoded(app);
        openOutcome(key.replaceFirst("/$", ""), step)
            .ifPresent(outcome -> outcomes.put(key.replaceFirst("/$", ""), outcome));
      }
    }
    return outcomes;
  }

  private Optional<Map<String, Object>> openOutcome(String key, String step) {
    int newest = newest(ledger.store().names(ledger.paths().folder(key)));
    return newest == 0 || ledger.result(key, newest).isPresent()
        ? Optional.empty()
        : ledger.outcome(key, newest, step);
  }

  private Optional<KeyState> state(String key) {
    List<String> names = ledger.store().names(ledger.paths().folder(key));
    int newest = newest(names);
    if (newest > 0) {
      boolean ended = ledger.store().exists(ledger.paths().result(key, newest));
      return Optional.of(ended ? KeyState.ENDED : KeyState.OPEN);
    }
    return names.contains(LedgerPaths.REFUSED) ? Optional.of(KeyState.REFUSED) : Optional.empty();
  }

  /** The newest generation among the entries of a key; 0 when it was never claimed. */
  private static int newest(List<String> names) {
    return names.stream()
        .mapToInt(name -> LedgerPaths.generationOf(name + "claim").orElse(0))
        .max()
        .orElse(0);
  }

  private static Optional<SynapseId> manifest(String folder) {
    try {
      SynapseId id = new SynapseId(folder.replaceFirst("/$", ""));
      return id.version().isPresent() ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException other) {
      return Optional.empty();
    }
  }
}
