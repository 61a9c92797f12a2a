package io.towpath.activities.synapse;

import io.towpath.activities.rows.PackedRows;

/** What a manifest holds: its sheet, and what it says itself of the files that it names. */
final class ManifestContent {
  private final byte[] sheet;
  private final PackedRows<FileLook> known;

  /**
   * @param sheet text of a sheet
   * @param known files of which it says everything that a look at them would, by their ids
   */
  ManifestContent(byte[] sheet, PackedRows<FileLook> known) {
    this.sheet = sheet;
    this.known = known;
  }

  /** A sheet that says nothing of its files but their ids. */
  static ManifestContent of(byte[] sheet) {
    return new ManifestContent(sheet, new PackedRows<>(FileLook.class));
  }

  byte[] sheet() {
    return sheet;
  }

  PackedRows<FileLook> known() {
    return known;
  }
}
