package io.towpath.activities.synapse;

import io.towpath.workflows.ledger.KeyState;
import java.util.Map;
import java.util.Set;

/** What is known of the round trips of manifests; the worker answers from ledger and Temporal. */
public interface KnownRuns {
  /**
   * State by business key, of every version of these entities that the ledger has an entry of.
   *
   * @param entities Synapse ids without version
   */
  Map<String, KeyState> states(Set<String> entities, String recipe, Runnable heartbeat);

  /** Whether a run under this business key is open in our namespace. */
  boolean underWay(String businessKey);
}
