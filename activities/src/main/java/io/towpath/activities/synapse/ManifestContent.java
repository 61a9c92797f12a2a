package io.towpath.activities.synapse;

import io.towpath.workflows.model.SourceId;
import java.util.Map;

/** What a manifest holds: its sheet, and what it says itself of the files that it names. */
final class ManifestContent {
  private final byte[] sheet;
  private final Map<SourceId, FileLook> known;

  /**
   * @param sheet text of a sheet
   * @param known files of which it says everything that a look at them would
   */
  ManifestContent(byte[] sheet, Map<SourceId, FileLook> known) {
    this.sheet = sheet;
    this.known = Map.copyOf(known);
  }

  byte[] sheet() {
    return sheet;
  }

  Map<SourceId, FileLook> known() {
    return known;
  }
}
