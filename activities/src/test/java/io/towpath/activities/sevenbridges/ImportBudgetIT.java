package io.towpath.activities.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.samples.SampleFile;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.EnsureFolders;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ImportPage;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What imports cost of the platform's quota, counted at the stand-in. The budget is that of 500
 * samples; a quarter of them has a quarter of it, which what is asked once for all makes harder.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(120)
class ImportBudgetIT {
  private static final int SAMPLES = 125;
  private static final int FILES = 500;
  private static final int MOST_READS = SAMPLES * 3 / 10;

  @ParameterizedTest
  @CsvSource({"one folder", "a folder for each sample"})
  void samples_with_four_files_each(String how) {
    try (SevenBridgesSandbox sandbox = new SevenBridgesSandbox()) {
      ImportScene scene = new ImportScene(sandbox, "lab");
      List<SampleFile> files =
          scene.files("reads", FILES).stream()
              .map(how.equals("one folder") ? Function.identity() : ImportBudgetIT::ofItsOwn)
              .toList();
      sandbox.forget();

      imported(scene, files);

      assertThat(sandbox.calls(ImportScene.BULK)).isEqualTo(FILES / 100);
      assertThat(reads(sandbox)).as("reads").isLessThanOrEqualTo(MOST_READS);
      assertThat(sandbox.calls("POST /bulk/files/edit")).isEqualTo(FILES / 100);
    }
  }

  @Test
  void another_sheet_of_the_same_files_costs_reads_alone() {
    try (SevenBridgesSandbox sandbox = new SevenBridgesSandbox()) {
      ImportScene scene = new ImportScene(sandbox, "lab");
      List<SampleFile> files = scene.files("reads", FILES);
      imported(scene, files);
      sandbox.forget();

      imported(scene, files);

      assertThat(sandbox.effects()).isEmpty();
      assertThat(sandbox.calls()).as("calls").isLessThanOrEqualTo(MOST_READS);
    }
  }

  @Test
  void a_worker_stops_at_its_share_and_no_call_is_refused() {
    try (SevenBridgesSandbox sandbox = new SevenBridgesSandbox(true)) {
      PlatformException unsent = null;
      for (int call = 0; unsent == null && call < 1_000; call++) {
        try {
          sandbox.client().user();
        } catch (PlatformException e) {
          unsent = e;
        }
      }

      assertThat(unsent).hasMessageContaining("not sent");
      assertThat(sandbox.calls("GET /user")).isEqualTo(900);
      assertThat(sandbox.refused()).isZero();
    }
  }

  private static SampleFile ofItsOwn(SampleFile file) {
    return new SampleFile(
        file.line(),
        file.sample(),
        file.location(),
        "reads/" + file.sample(),
        file.name(),
        file.metadata());
  }

  private static void imported(ImportScene scene, List<SampleFile> files) {
    SevenBridgesSandbox sandbox = scene.sandbox;
    S3Uri work = S3Uri.of(S3Sandbox.BUCKET, "work/" + System.nanoTime() + "/");
    var writer = sandbox.documents.writer(work.resolve("files/"), files.size());
    files.forEach(file -> writer.add(file, 0));
    ManifestRef stored = writer.finish();
    S3Uri folders = work.resolve("folders.jsonl");
    sandbox
        .activities()
        .ensureFolders(
            new EnsureFolders(ImportScene.CLAIM, "default", scene.project, stored, folders));
    for (int page = 0; page < stored.pageCount(); page++) {
      ImportPage request =
          new ImportPage(
              ImportScene.CLAIM,
              "default",
              scene.project,
              scene.volume,
              folders,
              stored,
              page,
              "verify",
              work.resolve("jobs/"),
              work.resolve("imported/"));
      assertThat(scene.imports(request).failed()).isZero();
    }
  }

  /** All but what changes something and the bulk calls of those who wait. */
  private static long reads(SevenBridgesSandbox sandbox) {
    return sandbox.calls()
        - sandbox.calls(
            ImportScene.FOLDER,
            ImportScene.BULK,
            "POST /bulk/files/edit",
            "POST /bulk/storage/imports/get");
  }
}
