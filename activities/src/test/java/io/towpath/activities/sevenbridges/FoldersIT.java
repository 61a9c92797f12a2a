package io.towpath.activities.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.samples.SampleFile;
import io.towpath.workflows.sevenbridges.ProjectFolder;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.EnsureFolders;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.FoldersMade;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
class FoldersIT {
  private final SevenBridgesSandbox sandbox = new SevenBridgesSandbox();
  private int number;
  private ImportScene scene = new ImportScene(sandbox, "lab");

  @BeforeEach
  void beginAnew() {
    number++;
    scene = new ImportScene(sandbox, "lab-" + number);
    sandbox.forget();
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Test
  void folders_are_made_parents_first_and_only_once() {
    FoldersMade made = ensure("synapse/rnaseq/run1", "synapse/wgs", "synapse/rnaseq", "");

    assertThat(made.made()).isEqualTo(4);
    assertThat(folders(made))
        .extracting(ProjectFolder::path)
        .containsExactly("", "synapse", "synapse/rnaseq", "synapse/rnaseq/run1", "synapse/wgs");
    assertThat(scene.in(folders(made).get(1).id()))
        .extracting(ProjectFile::name)
        .containsExactlyInAnyOrder("rnaseq", "wgs");

    FoldersMade again = ensure("synapse/rnaseq/run1", "synapse/wgs", "");

    assertThat(again.made()).isZero();
    assertThat(folders(again))
        .extracting(ProjectFolder::id)
        .containsExactlyElementsOf(folders(made).stream().map(ProjectFolder::id).toList());
    assertThat(sandbox.effects()).hasSize(4);
  }

  @Test
  void siblings_are_looked_for_a_hundred_at_a_time_and_new_folders_not_at_all() {
    List<String> samples = new ArrayList<>();
    for (int i = 0; i < 230; i++) {
      samples.add("samples/s" + i);
    }
    ensure(samples.toArray(String[]::new));
    assertThat(sandbox.calls("GET /files")).isEqualTo(1);
    sandbox.forget();

    assertThat(ensure(samples.toArray(String[]::new)).made()).isZero();

    assertThat(sandbox.calls("GET /files")).isEqualTo(1 + 3);
  }

  @Test
  void long_names_are_asked_for_in_urls_that_the_platform_takes() {
    List<String> long250 = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      long250.add(String.format("%03d", i) + "ä".repeat(117));
    }

    assertThat(ensure(long250.toArray(String[]::new)).made()).isEqualTo(60);
    sandbox.forget();
    assertThat(ensure(long250.toArray(String[]::new)).made()).isZero();
    assertThat(sandbox.calls("GET /files")).isEqualTo(9);
  }

  @Test
  void a_file_in_the_place_of_a_folder_is_told_before_anything_is_made() {
    String file =
        sandbox.seed.file(scene.project, "wgs", "no folder".getBytes(StandardCharsets.UTF_8));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> ensure("rnaseq", "wgs/run1"))
        .withMessageContaining("\"wgs\" (" + file + ")")
        .withMessageContaining("import.path")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED));
    assertThat(sandbox.effects()).isEmpty();
  }

  private FoldersMade ensure(String... paths) {
    S3Uri work = S3Uri.of(S3Sandbox.BUCKET, scene.project + "/folders/");
    var writer = sandbox.documents.writer(work.resolve("files/"), paths.length);
    for (String path : paths) {
      SampleFile file = ImportScene.file(path, "x.fq", "s1");
      writer.add(file, 0);
    }
    return sandbox
        .activities()
        .ensureFolders(
            new EnsureFolders(
                ImportScene.CLAIM,
                "default",
                scene.project,
                writer.finish(),
                work.resolve("folders.jsonl")));
  }

  private List<ProjectFolder> folders(FoldersMade made) {
    return sandbox.documents.readPage(made.folders(), ProjectFolder.class);
  }
}
