package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.samplesheet.SheetRules;
import java.util.List;

/** Gives a manifest before it is staged; the Synapse adapter stands behind it. */
@FunctionalInterface
public interface ManifestSource {
  /**
   * The manifest and the files that it names, as far as they can be read.
   *
   * @param connection name of the connection on the worker
   * @param name its file name
   */
  SeenManifest look(String connection, SynapseId manifest, String name, SheetRules rules);

  /** A manifest, and the files that it names and that can be read. */
  record SeenManifest(Sheet sheet, List<FileRef> files) {}
}
