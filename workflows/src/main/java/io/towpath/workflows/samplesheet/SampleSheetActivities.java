package io.towpath.workflows.samplesheet;

import io.temporal.activity.ActivityInterface;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;

/** Rewrites sample sheets. */
@ActivityInterface(namePrefix = "SampleSheet")
public interface SampleSheetActivities {
  /**
   * Replaces every Synapse reference in the sheet's cells by the place its file was staged to, and
   * stores the result. Everything else stays byte for byte: quoting, BOM, line ends, delimiter,
   * column order. Safe to repeat.
   */
  PreparedSheet prepare(PrepareSheet request);

  /**
   * Asks for a sheet to be rewritten.
   *
   * @param claim the claim under which it is stored
   * @param sheet the manifest as it came from Synapse
   * @param rules how it is read, as when it was inspected
   * @param staged result pages of staging, {@link io.towpath.workflows.transfer.StagedFile} lines
   * @param prepared where the rewritten sheet goes; its name keeps the sheet's extension
   */
  record PrepareSheet(
      Claim claim, S3Uri sheet, SheetRules rules, ManifestRef staged, S3Uri prepared) {}

  /** Where the prepared sheet lies, and its SHA-256, rows and rewritten cells. */
  record PreparedSheet(S3Uri uri, String sha256, long rows, long cells) {}
}
