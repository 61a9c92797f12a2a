package io.towpath.workflows.samplesheet;

import io.temporal.activity.ActivityInterface;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.ManifestVersion;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.transfer.StageLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rewrites and shapes sample sheets, and checks them against a schema. */
@ActivityInterface(namePrefix = "SampleSheet")
public interface SampleSheetActivities {
  /**
   * Replaces every Synapse reference in the sheet's cells by the place its file was staged to,
   * shapes the rows as the request says, checks them, and stores the result. Without rules
   * everything else of a CSV or TSV stays byte for byte: quoting, BOM, line ends, delimiter, column
   * order. Fails with {@code INPUT_REJECTED} that lists every bad row. Safe to repeat.
   */
  PreparedSheet prepare(PrepareSheet request);

  /**
   * Prepares the sheet with the places that its files will have, stores nothing, and lists
   * everything that is wrong with the rules, the schemas, the rows and the parameters. Read-only.
   */
  List<Problem> inspectPreparation(InspectPreparation request);

  /**
   * Reads a sheet that a user's activity made, compares its SHA-256 and checks it against the
   * schema. Changes nothing.
   */
  PreparedSheet check(CheckSheet request);

  /**
   * Makes the sheet of a later run from what an earlier one left: a table, or the list of the
   * objects that a glob finds. Fails with {@code INPUT_REJECTED} when there is nothing, or another
   * number of rows than expected. Safe to repeat.
   */
  PreparedSheet chain(ChainSheet request);

  /**
   * The same sheet, if it still lies there as it was made; {@code CHECKSUM_MISMATCH} if it does
   * not. Read-only.
   */
  PreparedSheet compare(PreparedSheet sheet);

  /** What is wrong with such rules, as far as that shows before there is an output. Read-only. */
  List<Problem> inspectChains(List<ChainRules> rules);

  /**
   * Asks for the sheet of a later run.
   *
   * @param rules with the expected rows filled in
   * @param base output directory of the earlier run
   * @param path the table or glob below it
   * @param sheet where the sheet goes
   */
  record ChainSheet(Claim claim, ChainRules rules, S3Uri base, String path, S3Uri sheet) {}

  /**
   * Asks for a sheet to be rewritten.
   *
   * @param claim the claim under which it is stored
   * @param sheet the manifest as it came from Synapse
   * @param sha256 hex SHA-256 of its bytes
   * @param rules how it is read, as when it was inspected
   * @param staged result pages of staging, {@link io.towpath.workflows.transfer.StagedFile} lines
   * @param prepared where the rewritten sheet goes; its name keeps the sheet's extension
   * @param prepare how it is shaped
   */
  record PrepareSheet(
      Claim claim,
      S3Uri sheet,
      String sha256,
      SheetRules rules,
      ManifestRef staged,
      S3Uri prepared,
      PrepareRules prepare) {
    public PrepareSheet {
      prepare = prepare == null ? PrepareRules.NONE : prepare;
    }
  }

  /**
   * Where the prepared sheet lies, and its SHA-256, rows and rewritten cells.
   *
   * @param schemaSha256 SHA-256 of the schema that it was checked against
   */
  record PreparedSheet(
      S3Uri uri, String sha256, long rows, long cells, Optional<String> schemaSha256) {
    public PreparedSheet {
      schemaSha256 = schemaSha256 == null ? Optional.empty() : schemaSha256;
    }
  }

  /**
   * Asks for a preparation to be tried.
   *
   * @param manifest the manifest as it was pinned
   * @param layout where its files will be staged to
   * @param mostLooks how many files may cost a call of their own; rows of further ones are not
   *     judged
   * @param params the parameters of each run by its field path, placeholders filled
   */
  record InspectPreparation(
      String connection,
      ManifestVersion manifest,
      SheetRules rules,
      PrepareRules prepare,
      StageLayout layout,
      int mostLooks,
      Map<String, Map<String, Object>> params) {}

  /**
   * Asks for a user's sheet to be checked.
   *
   * @param format {@code csv}, {@code tsv}, {@code json} or {@code yaml}
   */
  record CheckSheet(S3Uri uri, String sha256, String format, PrepareRules prepare) {}
}
