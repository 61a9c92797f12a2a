package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.ManifestVersion;
import io.towpath.workflows.samplesheet.SheetRules;
import io.towpath.workflows.transfer.StageLayout;
import java.util.List;

/** Gives a manifest before it is staged; the Synapse adapter stands behind it. */
@FunctionalInterface
public interface ManifestSource {
  /**
   * The manifest and the files that it names, as far as they can be read.
   *
   * @param connection name of the connection on the worker
   * @param layout where its files will be staged to
   */
  SeenManifest look(
      String connection, ManifestVersion manifest, SheetRules rules, StageLayout layout);

  /** A manifest, and the files that it names and that can be read. */
  record SeenManifest(Sheet sheet, List<FileRef> files) {}
}
