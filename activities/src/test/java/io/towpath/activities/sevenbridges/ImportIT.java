package io.towpath.activities.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.sandbox.control.Fault.Kind;
import io.towpath.sandbox.control.Plans;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.samples.SampleFile;
import io.towpath.workflows.sevenbridges.ImportJob;
import io.towpath.workflows.sevenbridges.ImportedFile;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ImportCounts;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ImportPage;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.JobCounts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ImportIT {
  private static final String VERIFY = "verify";

  private final SevenBridgesSandbox sandbox = new SevenBridgesSandbox();
  private int number;
  private ImportScene scene = new ImportScene(sandbox, "lab");

  @BeforeEach
  void beginAnew() {
    number++;
    scene = new ImportScene(sandbox, "lab-" + number);
    sandbox.attempt(1);
    sandbox.forget();
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Test
  void a_page_is_imported_in_bulks_of_a_hundred_and_described() {
    ImportPage page = scene.page(scene.files("reads", 250), VERIFY);

    ImportCounts counts = scene.imports(page);

    assertThat(counts.imported()).isEqualTo(250);
    assertThat(counts.failed()).isZero();
    assertThat(counts.sizeBytes())
        .isEqualTo(scene.imported(page).stream().mapToLong(ImportedFile::sizeBytes).sum())
        .isPositive();
    assertThat(sandbox.calls(ImportScene.BULK)).isEqualTo(3);
    assertThat(sandbox.calls("POST /bulk/files/edit")).isEqualTo(3);
    List<ImportedFile> rows = scene.imported(page);
    assertThat(rows).hasSize(250).allSatisfy(row -> assertThat(row.error()).isEmpty());
    ProjectFile file = scene.one(folder("reads"), "r7.fq");
    assertThat(rows.get(7).fileId()).contains(file.id());
    assertThat(file.source()).contains(new VolumePlace(scene.volume, "run1/r7.fq"));
    assertThat(file.metadata().path("sample_id").asText()).isEqualTo("s1");
  }

  @Test
  void while_jobs_go_on_the_attempt_says_so_and_asks_in_bulk() {
    ImportPage page = scene.page(scene.files("", 150), VERIFY);
    sandbox.activities().submitImports(page);

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> sandbox.activities().awaitImports(page))
        .withMessageContaining("150 of 150 imports go on")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.STILL_RUNNING))
        .satisfies(e -> assertThat(e.retryAfter().orElseThrow()).isPositive());
    assertThat(sandbox.calls("POST /bulk/storage/imports/get")).isEqualTo(2);
  }

  @Test
  void what_is_there_is_taken_and_nothing_changes_again() {
    List<SampleFile> files = scene.files("reads", 120);
    scene.imports(scene.page(files, VERIFY));
    sandbox.forget();

    ImportCounts again = scene.imports(scene.page(files, VERIFY));

    assertThat(again.reused()).isEqualTo(120);
    assertThat(again.imported()).isZero();
    assertThat(sandbox.effects()).isEmpty();
  }

  @Test
  void one_more_file_is_one_more_import() {
    List<SampleFile> files = scene.files("reads", 5);
    scene.imports(scene.page(files.subList(0, 4), VERIFY));
    sandbox.forget();

    ImportCounts counts = scene.imports(scene.page(files, VERIFY));

    assertThat(counts.imported()).isEqualTo(1);
    assertThat(counts.reused()).isEqualTo(4);
    assertThat(sandbox.effects(ImportScene.BULK)).hasSize(1);
    assertThat(scene.in(folder("reads"))).hasSize(5);
  }

  @Test
  void another_file_of_the_same_name_is_refused_and_left_alone() {
    String others =
        sandbox.seed.file(scene.project, "r0.fq", "others".getBytes(StandardCharsets.UTF_8));
    List<SampleFile> files = scene.files("", 3);

    ImportCounts counts = scene.imports(scene.page(files, VERIFY));

    assertThat(counts.imported()).isEqualTo(2);
    assertThat(counts.failed()).isEqualTo(1);
    assertThat(counts.firstError().orElse(""))
        .contains("line 2, r0.fq", others, "the platform's own storage", "onExists: replace");
    assertThat(scene.one(scene.root, "r0.fq").id()).isEqualTo(others);
    assertThat(scene.one(scene.root, "r0.fq").metadata()).isEmpty();
    assertThat(scene.in(scene.root)).hasSize(3);
  }

  @Test
  void replace_overwrites_only_what_differs() {
    List<SampleFile> files = scene.files("", 3);
    scene.imports(scene.page(files, VERIFY));
    String kept = scene.one(scene.root, "r1.fq").id();
    String old = scene.one(scene.root, "r0.fq").id();
    sandbox.put("reads/run1/r0.fq", "longer reads than before");
    sandbox.forget();

    ImportCounts counts = scene.imports(scene.page(files, "replace"));

    assertThat(counts.imported()).isEqualTo(1);
    assertThat(counts.reused()).isEqualTo(2);
    assertThat(scene.one(scene.root, "r1.fq").id()).isEqualTo(kept);
    ProjectFile replaced = scene.one(scene.root, "r0.fq");
    assertThat(replaced.id()).isNotEqualTo(old);
    assertThat(replaced.sizeBytes()).isEqualTo("longer reads than before".length());
    assertThat(scene.in(scene.root)).hasSize(3);
  }

  @Test
  void an_object_that_changed_since_its_import_is_not_taken_for_the_same() {
    List<SampleFile> files = scene.files("", 2);
    scene.imports(scene.page(files, VERIFY));
    sandbox.put("reads/run1/r1.fq", "other reads than before");

    ImportCounts counts = scene.imports(scene.page(files, VERIFY));

    assertThat(counts.reused()).isEqualTo(1);
    assertThat(counts.firstError().orElse("")).contains("r1.fq", "23 bytes");
  }

  @Test
  void fail_takes_nothing_that_was_there_before_and_its_own_files_in_a_later_attempt() {
    List<SampleFile> files = scene.files("", 3);
    scene.imports(scene.page(files.subList(0, 1), VERIFY));
    ImportPage page = scene.page(files, "fail");
    assertThat(sandbox.activities().submitImports(page)).isEqualTo(new JobCounts(2, 0));
    sandbox.pass(Duration.ofSeconds(1));
    sandbox.attempt(2);

    assertThat(sandbox.activities().submitImports(page)).isEqualTo(new JobCounts(0, 2));

    ImportCounts counts = scene.await(page);
    assertThat(counts.failed()).isEqualTo(1);
    assertThat(counts.firstError().orElse("")).contains("r0.fq", "import.onExists is fail");
  }

  @Test
  void a_name_that_was_taken_meanwhile_is_decided_by_volume_location_and_size() {
    List<SampleFile> files = scene.files("", 2);
    sandbox.put("reads/else/r1.fq", "something else");
    for (String name : List.of("r0.fq", "r1.fq")) {
      sandbox.plan(
          name,
          new Plans.Step("RUNNING", Duration.ofSeconds(2), SevenBridgesSandbox.object("{}")),
          new Plans.Step("COMPLETED", Duration.ZERO, SevenBridgesSandbox.object("{}")));
    }
    ImportPage page = scene.page(files, VERIFY);
    sandbox.activities().submitImports(page);
    for (String location : List.of("run1/r0.fq", "else/r1.fq")) {
      SampleFile file = files.get(location.startsWith("else") ? 1 : 0);
      VolumePlace source = new VolumePlace(scene.volume, location);
      sandbox
          .client()
          .createImports(List.of(new ImportItem(0, source, scene.root, false, file).body(false)));
    }

    ImportCounts counts = scene.await(page);

    assertThat(counts.reused()).isEqualTo(1);
    assertThat(counts.failed()).isEqualTo(1);
    assertThat(counts.firstError().orElse("")).contains("r1.fq", "else/r1.fq");
    assertThat(scene.in(scene.root))
        .extracting(ProjectFile::name)
        .containsExactlyInAnyOrder("r0.fq", "r1.fq");
  }

  @Test
  void a_file_that_cannot_be_imported_has_the_platforms_words_and_the_others_go_on() {
    List<SampleFile> files = scene.files("", 3);
    SampleFile gone = ImportScene.file("", "gone.fq", "s9");
    sandbox.plan("r2.fq", SevenBridgesSandbox.failing(9103, "Location is not accessible."));

    ImportPage page = scene.page(List.of(files.get(0), gone, files.get(1), files.get(2)), VERIFY);
    ImportCounts counts = scene.imports(page);

    assertThat(counts.imported()).isEqualTo(2);
    assertThat(counts.failed()).isEqualTo(2);
    List<ImportedFile> rows = scene.imported(page);
    assertThat(rows)
        .extracting(ImportedFile::name)
        .containsExactly("r0.fq", "gone.fq", "r1.fq", "r2.fq");
    assertThat(rows.get(1).error()).contains("Location on volume not found. (code 9105)");
    assertThat(rows.get(3).error()).contains("Location is not accessible. (code 9103)");
  }

  @Test
  void jobs_of_an_attempt_whose_answer_was_lost_are_adopted_on_every_page_of_the_list() {
    ImportPage page = scene.page(scene.files("", 230), VERIFY);
    sandbox.activities().submitImports(page);
    List<ImportJob> first = scene.jobs(page);
    sandbox.forget();
    sandbox.attempt(2);

    assertThat(sandbox.activities().submitImports(page)).isEqualTo(new JobCounts(230, 0));

    assertThat(scene.jobs(page)).isEqualTo(first);
    assertThat(sandbox.effects()).isEmpty();
  }

  @Test
  void a_bulk_call_without_an_answer_is_looked_for_before_it_is_sent_again() {
    ImportPage page = scene.page(scene.files("", 100), VERIFY);
    sandbox.strike(ImportScene.BULK, 1, SevenBridgesSandbox.fault(Kind.DROP_AFTER_COMMIT));

    ImportCounts counts = scene.imports(page);

    assertThat(counts.imported()).isEqualTo(100);
    assertThat(sandbox.calls(ImportScene.BULK)).isEqualTo(1);
    assertThat(scene.in(scene.root)).hasSize(100);
  }

  @Test
  void a_doubled_job_makes_no_second_file() {
    List<SampleFile> files = scene.files("reads", 4);
    ImportPage page = scene.page(files, VERIFY);
    sandbox.activities().submitImports(page);
    sandbox.activities().submitImports(scene.page(files, VERIFY));
    List<ImportItem> items = Imports.items(sandbox.documents, page);
    sandbox.client().createImports(items.stream().map(item -> item.body(false)).toList());

    assertThat(scene.await(page).failed()).isZero();

    sandbox.pass(Duration.ofSeconds(1));
    assertThat(scene.in(folder("reads"))).hasSize(4);
  }

  @Test
  void metadata_is_merged_and_what_others_wrote_stays() {
    List<SampleFile> files = scene.files("", 1);
    scene.imports(scene.page(files, VERIFY));
    ProjectFile file = scene.one(scene.root, "r0.fq");
    sandbox
        .client()
        .editFiles(
            List.of(
                SevenBridgesSandbox.object(
                    "{'id':'%s','metadata':{'note':'mine','platform':'Y'}}".formatted(file.id()))));
    sandbox.forget();

    scene.imports(scene.page(files, VERIFY));

    assertThat(scene.one(scene.root, "r0.fq").metadata())
        .isEqualTo(SevenBridgesSandbox.object("{'sample_id':'s0','platform':'X','note':'mine'}"));
    assertThat(sandbox.effects()).hasSize(1);
  }

  @Test
  void nothing_of_others_is_touched_in_a_full_project() {
    String app = sandbox.seed.app(scene.project, "theirs", Apps.withInputs("[]"));
    for (int i = 0; i < 400; i++) {
      sandbox.seed.task(scene.project, app + "/0", "r" + i, "DRAFT");
    }
    for (int i = 0; i < 2_000; i++) {
      sandbox.seed.file(
          scene.project, "r" + (i * 5) + ".fq", "theirs".getBytes(StandardCharsets.UTF_8));
    }
    List<ProjectFile> before = scene.in(scene.root);
    List<SampleFile> files = scene.files("", 50);

    ImportCounts counts = scene.imports(scene.page(files, VERIFY));

    assertThat(counts.imported()).isEqualTo(40);
    assertThat(counts.failed()).isEqualTo(10);
    assertThat(scene.in(scene.root)).hasSize(2_040).containsAll(before);
    assertThat(sandbox.effects())
        .extracting(effect -> effect.route())
        .containsOnly(ImportScene.BULK, "POST /bulk/files/edit");
  }

  private String folder(String name) {
    return scene.one(scene.root, name).id();
  }
}
