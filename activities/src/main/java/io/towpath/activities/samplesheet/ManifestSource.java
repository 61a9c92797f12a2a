package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.ManifestVersion;
import io.towpath.workflows.samplesheet.SheetRules;
import io.towpath.workflows.transfer.StageLayout;
import java.util.function.Consumer;

/** Gives a manifest before it is staged; the Synapse adapter stands behind it. */
@FunctionalInterface
public interface ManifestSource {
  /**
   * A manifest, and how it is looked at.
   *
   * @param connection name of the connection on the worker
   * @param layout where its files will be staged to
   * @param mostLooks how many files may cost a call of their own; further ones count as not
   *     readable
   */
  record Wanted(
      String connection,
      ManifestVersion manifest,
      SheetRules rules,
      StageLayout layout,
      int mostLooks) {}

  /**
   * The sheet of a manifest.
   *
   * @param files told of each file that it names and that can be read, with its place
   */
  Sheet look(Wanted wanted, Consumer<FileRef> files);
}
