package io.towpath.activities.sevenbridges;

import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import java.util.Set;

/** What other open claims of a project want, so that stopping one sheet stops no other's tasks. */
public interface OpenClaims {
  /** Nobody else works in the project. */
  OpenClaims NONE = (claim, project, keys) -> Set.of();

  /**
   * Those of the keys that an open claim with another business key names, too.
   *
   * @param claim the one that stops
   * @param project {@code owner/name}
   */
  Set<RunKey> namedByOthers(Claim claim, String project, Set<RunKey> keys);
}
