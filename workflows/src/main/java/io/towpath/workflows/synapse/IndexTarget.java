package io.towpath.workflows.synapse;

import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import java.util.List;

/**
 * What indexing needs once.
 *
 * @param parent the folder or project that the tree goes into
 * @param folderCount folders below the parent, made and found
 * @param foldersCreated folders made by this claim's work
 * @param renamed the first changed names
 * @param adopted the first files that other work left there and that this one goes on with
 * @param warnings what the annotations could not be, because of what the outputs are
 */
public record IndexTarget(
    SynapseId parent,
    long storageLocationId,
    String activityId,
    S3Uri folders,
    int folderCount,
    int foldersCreated,
    List<String> renamed,
    List<String> adopted,
    List<String> warnings) {
  public IndexTarget {
    renamed = renamed == null ? List.of() : List.copyOf(renamed);
    adopted = adopted == null ? List.of() : List.copyOf(adopted);
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
  }

  /** The same without what only the report tells, to be sent along with each page. */
  public IndexTarget untold() {
    return new IndexTarget(
        parent,
        storageLocationId,
        activityId,
        folders,
        folderCount,
        foldersCreated,
        List.of(),
        List.of(),
        List.of());
  }
}
