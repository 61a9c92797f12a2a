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
import java.util.OptionalInt;
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

  private Optional<KeyState> state(String key) {
    S3Uri folder = ledger.paths().folder(key);
    int newest = 0;
    boolean refused = false;
    for (String name : ledger.store().names(folder)) {
      refused |= name.equals(LedgerPaths.REFUSED);
      OptionalInt generation = LedgerPaths.generationOf(name + "claim");
      newest = Math.max(newest, generation.orElse(0));
    }
    if (newest > 0) {
      boolean ended = ledger.store().exists(ledger.paths().result(key, newest));
      return Optional.of(ended ? KeyState.ENDED : KeyState.OPEN);
    }
    return refused ? Optional.of(KeyState.REFUSED) : Optional.empty();
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
