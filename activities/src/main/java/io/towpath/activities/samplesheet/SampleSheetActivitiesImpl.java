package io.towpath.activities.samplesheet;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.samplesheet.SampleSheetActivities;
import io.towpath.workflows.transfer.StagedFile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Rewrites sheets that lie in S3. */
public final class SampleSheetActivitiesImpl implements SampleSheetActivities {
  private final S3Documents documents;
  private final SubmitLedger ledger;

  public SampleSheetActivitiesImpl(S3Documents documents, SubmitLedger ledger) {
    this.documents = documents;
    this.ledger = ledger;
  }

  @Override
  public PreparedSheet prepare(PrepareSheet request) {
    SheetText sheet =
        SheetText.of(
            documents.read(request.sheet()), request.sheet().key(), request.rules().format());
    SheetColumns columns = SheetColumns.of(sheet, request.rules());
    StagedPlaces staged = new StagedPlaces();
    documents.forEach(request.staged(), StagedFile.class, staged::add);
    long[] cells = {0};
    byte[] rewritten =
        sheet.rewrite(
            cell -> {
              Optional<SourceId> id = columns.read(cell).id();
              id.ifPresent(any -> cells[0]++);
              return id.map(
                  found -> SheetReference.replaced(cell.text(), placeOf(staged, found, cell)));
            });
    ledger.requireHeld(request.claim());
    documents.write(request.prepared(), contentType(sheet), rewritten);
    return new PreparedSheet(request.prepared(), sha256(rewritten), sheet.rows(), cells[0]);
  }

  private static String placeOf(StagedPlaces staged, SourceId id, SheetCell cell) {
    return staged
        .of(id)
        .map(S3Uri::value)
        .orElseThrow(
            () ->
                new PlatformException(
                    FailureKind.INPUT_REJECTED,
                    cell.place()
                        + ": "
                        + id
                        + " is not among the staged files; the stored sheet is not the one that was"
                        + " staged"));
  }

  private static String contentType(SheetText sheet) {
    return sheet.delimiter() == '\t' ? "text/tab-separated-values" : "text/csv";
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
