package io.towpath.workflows.samples;

import io.temporal.activity.ActivityInterface;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a sheet of samples, checks it, and makes the inputs of one task per sample. */
@ActivityInterface(namePrefix = "Samples")
public interface SampleActivities {
  /**
   * Pins the sheet: the newest version where the address names none. Read-only. Fails with {@code
   * INPUT_REJECTED} when there is no such sheet and with {@code ACCESS_DENIED} when it cannot be
   * read.
   *
   * @param uri {@code syn://syn123}, {@code syn://syn123.4} or {@code s3://bucket/key}
   */
  SheetVersion pin(String connection, String uri);

  /**
   * Reads the pinned sheet, groups it, tries every expression with stand-ins for file and task ids,
   * and checks the result against the app's own CWL inputs and the volume's listing. Stores
   * nothing. Lists every problem with line and column.
   */
  SamplesSeen inspect(SheetVersion sheet, SampleRules rules, SampleTarget target);

  /**
   * Stores the sheet's distinct files as pages of {@link SampleFile} and its samples as pages of
   * {@link Sample}. Fails with {@code INPUT_REJECTED} when the sheet is not the pinned one any
   * more. Safe to repeat.
   *
   * @param work prefix below which the pages lie
   */
  StoredSamples store(
      Claim claim, SheetVersion sheet, SampleRules rules, SampleTarget target, S3Uri work);

  /**
   * Evaluates the inputs of every sample, with the ids of its imported files, and stores one {@link
   * TaskInputs} line each. A sample of which a file could not be imported gets no line: the rows of
   * the result are fewer than the samples. Fails with {@code INPUT_REJECTED} that lists every bad
   * sample. Safe to repeat.
   */
  ManifestRef makeInputs(MakeInputs request);

  /**
   * Stores the samples with the ids of their files as one JSON document, {@code [{sample, rows:
   * [{…, file}]}]}, for the user's own activity; without samples of which a file could not be
   * imported. Safe to repeat.
   */
  ForeignDocument describeSamples(MakeInputs request);

  /**
   * Reads the document that the user's activity made, {@code [{sample, inputs: {…}}]}, compares its
   * SHA-256, checks it as {@link #makeInputs} does, and stores the same lines. Safe to repeat.
   */
  ManifestRef takeInputs(MakeInputs request, ForeignDocument made);

  /**
   * Writes the output manifest, {@code
   * sample_id,task_id,output_port,file_id,name,size,md5,s3_uri,drs_uri,app,app_revision,status}:
   * the commit marker of the run. Cells that a spreadsheet would take for a formula are quoted as
   * text. Safe to repeat: the same rows make the same bytes.
   */
  OutputManifest writeManifest(WriteManifest request);

  /**
   * What {@link #inspect} saw.
   *
   * @param notChecked what could not be looked at within the quota, such as a very long volume
   */
  record SamplesSeen(
      long rows,
      long samples,
      long files,
      List<Problem> problems,
      List<String> warnings,
      List<String> notChecked) {
    public SamplesSeen {
      problems = problems == null ? List.of() : List.copyOf(problems);
      warnings = warnings == null ? List.of() : List.copyOf(warnings);
      notChecked = notChecked == null ? List.of() : List.copyOf(notChecked);
    }
  }

  /** The stored pages. */
  record StoredSamples(ManifestRef files, ManifestRef samples) {}

  /**
   * Asks for the inputs of all tasks.
   *
   * @param imported result pages of the imports, {@link
   *     io.towpath.workflows.sevenbridges.ImportedFile} lines in the order of {@code files}
   * @param app the app in the project with its revision, whose inputs are checked
   * @param references for inputs that neither the rules nor the activity set: the value by input
   *     id, as the platform takes it, with the ids of the copies of the files that the app suggests
   * @param result prefix of the pages, or of the document
   */
  record MakeInputs(
      Claim claim,
      StoredSamples stored,
      ManifestRef imported,
      SampleRules rules,
      String connection,
      String app,
      Map<String, Object> references,
      S3Uri result) {
    public MakeInputs {
      references = new TreeMap<>(references == null ? Map.of() : references);
    }
  }

  /** A JSON document in S3 that goes to the user's activity or comes from it. */
  record ForeignDocument(S3Uri uri, String sha256) {}

  /**
   * Asks for the output manifest.
   *
   * @param outputs pages of {@link io.towpath.workflows.sevenbridges.TaskOutput}, in sheet order
   * @param objects pages of {@link io.towpath.workflows.transfer.OutputFile}, whose {@code path} is
   *     a file id, with checksums
   * @param minted pages of {@link io.towpath.workflows.drs.MintedFile}; none where nothing is
   *     minted
   */
  record WriteManifest(
      Claim claim,
      ManifestRef outputs,
      Optional<ManifestRef> objects,
      Optional<ManifestRef> minted,
      S3Uri to) {}

  /** The manifest as it was written. */
  record OutputManifest(S3Uri uri, String md5, String sha256, long rows, long sizeBytes) {}
}
