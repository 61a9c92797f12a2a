package io.towpath.workflows.synapse;

import io.temporal.activity.ActivityInterface;
import io.towpath.workflows.model.SynapseId;
import java.util.List;
import java.util.Optional;

/** Finds manifests in a Synapse folder that no run was ever started for. */
@ActivityInterface(namePrefix = "Synapse")
public interface ManifestSearch {
  /**
   * Lists the folder page by page and compares it with the ledger. The listing is only a hint: each
   * manifest that is returned was seen by its own GET. Read-only. Fails with {@code INPUT_REJECTED}
   * when the folder is none.
   */
  FoundManifests findManifests(FindManifests request);

  /**
   * Where to look, and for what.
   *
   * @param folder the folder or project; only its direct children count
   * @param names globs over the names of manifests
   * @param recipe last part of the business keys of their runs
   * @param only the one object to look at, which the listing may not show yet
   * @param most how many manifests to return
   */
  record FindManifests(
      String connection,
      SynapseId folder,
      List<String> names,
      String recipe,
      Optional<SynapseId> only,
      int most) {}

  /**
   * A manifest that the ledger has nothing of.
   *
   * @param id with its newest version
   */
  record FoundManifest(SynapseId id, String name) {}

  /**
   * What there is.
   *
   * @param listed manifests in the folder by the listing
   * @param seen those that a run was once started for, whatever came of it
   * @param refused those that an earlier scan refused
   * @param running runs of this folder and recipe that are under way in our namespace, of whatever
   *     version
   * @param unseen the others, in the order in which they were made
   * @param more how many more the listing shows, not looked at
   * @param ignored why the one object is no manifest of this folder
   */
  record FoundManifests(
      int listed,
      int seen,
      int refused,
      int running,
      List<FoundManifest> unseen,
      int more,
      Optional<String> ignored) {
    public FoundManifests {
      unseen = unseen == null ? List.of() : List.copyOf(unseen);
    }
  }
}
