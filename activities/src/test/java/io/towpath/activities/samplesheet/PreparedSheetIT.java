package io.towpath.activities.samplesheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.Digests;
import io.towpath.activities.store.PageWriter;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.samplesheet.PrepareRules;
import io.towpath.workflows.samplesheet.SampleSheetActivities.PrepareSheet;
import io.towpath.workflows.samplesheet.SampleSheetActivities.PreparedSheet;
import io.towpath.workflows.samplesheet.SheetRules;
import io.towpath.workflows.transfer.StagedFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class PreparedSheetIT {
  private static final int ROWS = 3_000;
  private static final S3Uri BUCKET = new S3Uri("s3://" + S3Sandbox.BUCKET);

  @AutoClose private final SheetSandbox sandbox = new SheetSandbox();
  private final S3Documents documents = sandbox.documents;
  private final SampleSheetActivitiesImpl sheets = sandbox.sheets;

  @Test
  void references_become_places_over_all_pages_of_staged_files() {
    PrepareSheet request = request("all/");

    PreparedSheet prepared = sheets.prepare(request);

    String text = new String(documents.read(prepared.uri()), StandardCharsets.UTF_8);
    assertThat(text.lines()).hasSize(ROWS + 1);
    assertThat(text.lines().skip(1))
        .allMatch(line -> line.matches("s(\\d+),s3://towpath-test/to/\\1\\.fq"));
    assertThat(prepared.cells()).isEqualTo(ROWS);
    assertThat(prepared.sha256()).isEqualTo(Digests.sha256(documents.read(prepared.uri())));
    assertThat(sheets.compare(prepared)).isEqualTo(prepared);
  }

  @Test
  void a_stored_sheet_that_changed_is_not_prepared() {
    PrepareSheet request = request("sheet changed/");
    documents.write(
        request.sheet(), "text/csv", "sample,f\na,b\n".getBytes(StandardCharsets.UTF_8));

    mismatch(() -> sheets.prepare(request), request.sheet());
    assertThat(sandbox.s3.effects("PUT object", "sheet changed/prepared")).isEmpty();
  }

  @Test
  void staged_files_that_changed_are_not_taken_for_places() {
    PrepareSheet request = request("page changed/");
    List<StagedFile> page = documents.readPage(request.staged(), 1, StagedFile.class);
    documents.writePage(request.staged().page(1), page.subList(1, page.size()));

    mismatch(() -> sheets.prepare(request), request.staged().pages());
    assertThat(sandbox.s3.effects("PUT object", "page changed/prepared")).isEmpty();
  }

  @Test
  void a_prepared_sheet_that_changed_is_told() {
    PreparedSheet prepared = sheets.prepare(request("prepared changed/"));
    documents.write(prepared.uri(), "text/csv", new byte[] {'x'});

    mismatch(() -> sheets.compare(prepared), prepared.uri());
  }

  private static void mismatch(ThrowingCallable activity, S3Uri what) {
    assertThatThrownBy(activity)
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.CHECKSUM_MISMATCH))
        .hasMessageContaining(what.value());
  }

  private PrepareSheet request(String below) {
    StringBuilder text = new StringBuilder("sample,f\n");
    PageWriter staged = documents.writer(BUCKET.resolve(below + "staged/"), ROWS);
    for (int i = 1; i <= ROWS; i++) {
      text.append("s").append(i).append(",syn://syn").append(i).append('\n');
      staged.add(
          new StagedFile(
              new SourceId("syn" + i + ".1"), BUCKET.resolve("to/" + i + ".fq"), 1, "", false),
          1);
    }
    ManifestRef list = staged.finish();
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    S3Uri sheet = BUCKET.resolve(below + "sheet.csv");
    documents.write(sheet, "text/csv", bytes);
    return new PrepareSheet(
        new Claim("k", 1, 1),
        sheet,
        Digests.sha256(bytes),
        new SheetRules("auto", List.of()),
        list,
        BUCKET.resolve(below + "prepared.csv"),
        PrepareRules.NONE);
  }
}
