package io.towpath.workflows.transfer;

import io.temporal.activity.ActivityInterface;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import java.util.List;

/** Moves and lists bytes in S3, one page of files at a time. */
@ActivityInterface(namePrefix = "Transfer")
public interface TransferActivities {
  /**
   * Checks that the place can be written, listed and read, and that its region is ours. Read-only:
   * a right that only writing would prove is not checked.
   */
  List<Problem> inspectTarget(S3Uri target, String place);

  /**
   * Copies the files of one page of {@link io.towpath.workflows.model.FileRef} to their places, and
   * writes one line of {@link StagedFile} for each to the page's result object. A file that already
   * lies there with the same size, MD5 and Synapse version is kept. Safe to repeat: what is
   * complete stays, parts of a broken upload are found again by ListParts.
   */
  StagedPage stagePage(StagePage request);

  /** Aborts every open multipart upload below the prefix that this claim's work opened. */
  int abortUploads(Claim claim, S3Uri prefix);

  /** Whether anything lies below the prefix; also true where we may not look. Read-only. */
  boolean holdsObjects(S3Uri prefix);

  /**
   * Lists outputs below {@code from}, over all pages, as {@link OutputFile} lines; waits for what
   * comes late and lists them again.
   */
  Outputs listOutputs(ListOutputs request);

  /**
   * Finds the MD5 of each file of some pages of outputs: from our metadata, from a plain ETag where
   * it is one, or by one streaming read; writes each page again under {@code request.result()} with
   * MD5s. Safe to repeat: pages that were written before are not done again.
   */
  SummedPages checksumPages(ChecksumPages request);

  /**
   * Writes pages of outputs again under {@code request.result()}, with the path of each object
   * below {@code request.below()}, as a listing of that prefix would have named it; without empty
   * objects and those that an earlier line has. Fails with {@code INPUT_REJECTED} where one lies
   * elsewhere. Safe to repeat.
   */
  ManifestRef placeOutputs(PlaceOutputs request);

  /** Asks for outputs, pages of {@link OutputFile}, to be named by their place in a bucket. */
  record PlaceOutputs(ManifestRef outputs, S3Uri below, S3Uri result) {}

  /**
   * Asks for pages of outputs to be given checksums. They are many to a call, as most pages take no
   * more than a look at each object.
   *
   * @param first number of the first page
   * @param behind number behind the last one
   */
  record ChecksumPages(ManifestRef outputs, int first, int behind, S3Uri result) {}

  /** Stores the report, or another small document of the run, as JSON. Repeating it overwrites. */
  S3Uri writeDocument(Claim claim, S3Uri where, String json);
}
