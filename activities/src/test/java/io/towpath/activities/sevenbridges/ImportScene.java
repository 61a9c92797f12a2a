package io.towpath.activities.sevenbridges;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.samples.SampleFile;
import io.towpath.workflows.sevenbridges.ImportJob;
import io.towpath.workflows.sevenbridges.ImportedFile;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.EnsureFolders;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ImportCounts;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ImportPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A project with a volume of reads, and sheets of files to import. */
final class ImportScene {
  static final String BULK = "POST /bulk/storage/imports/create";
  static final String FOLDER = "POST /files";
  static final Claim CLAIM = new Claim("cavatica-drs/ann/lab/syn1.1/tool", 1, 1);

  final SevenBridgesSandbox sandbox;
  final String project;
  final String root;
  final String volume;
  private int stored;

  ImportScene(SevenBridgesSandbox sandbox, String name) {
    this.sandbox = sandbox;
    this.project = sandbox.seed.project(name);
    this.volume =
        sandbox.seed.volume(
            name.replace('-', '_') + "_ro", SevenBridgesSandbox.BUCKET, "reads", false);
    this.root = sandbox.client().project(project).orElseThrow().path("root_folder").asText();
  }

  /** Files of one folder whose objects lie on the volume. */
  List<SampleFile> files(String folder, int count) {
    List<SampleFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = "r" + i + ".fq";
      sandbox.put("reads/run1/" + name, "reads of " + name);
      files.add(file(folder, name, "s" + i / 4));
    }
    return files;
  }

  static SampleFile file(String folder, String name, String sample) {
    return new SampleFile(
        2, sample, "run1/" + name, folder, name, Map.of("sample_id", sample, "platform", "X"));
  }

  /** Makes the folders and asks for the imports of these files, all on one page. */
  ImportPage page(List<SampleFile> files, String onExists) {
    stored++;
    S3Uri work = S3Uri.of(S3Sandbox.BUCKET, project + "/" + stored + "/");
    var writer = sandbox.documents.writer(work.resolve("files/"), files.size());
    files.forEach(file -> writer.add(file, 0));
    ManifestRef stored = writer.finish();
    S3Uri folders = work.resolve("folders.jsonl");
    sandbox
        .activities()
        .ensureFolders(new EnsureFolders(CLAIM, "default", project, stored, folders));
    return new ImportPage(
        CLAIM,
        "default",
        project,
        volume,
        folders,
        stored,
        0,
        onExists,
        work.resolve("jobs/"),
        work.resolve("imported/"));
  }

  List<ImportJob> jobs(ImportPage page) {
    return sandbox.documents.readPage(page.jobs().resolve("000000.jsonl"), ImportJob.class);
  }

  List<ImportedFile> imported(ImportPage page) {
    return sandbox.documents.readPage(page.result().resolve("000000.jsonl"), ImportedFile.class);
  }

  /** Waits until the jobs ended, half a second of the platform's time between the attempts. */
  ImportCounts await(ImportPage page) {
    while (true) {
      try {
        return sandbox.activities().awaitImports(page);
      } catch (PlatformException e) {
        if (e.kind() != FailureKind.STILL_RUNNING) {
          throw e;
        }
        sandbox.pass(Duration.ofMillis(500));
      }
    }
  }

  /** Submits and waits. */
  ImportCounts imports(ImportPage page) {
    sandbox.activities().submitImports(page);
    return await(page);
  }

  /** What lies in a folder of the project, by name. */
  List<ProjectFile> in(String folderId) {
    return Page.all(offset -> sandbox.client().files(folderId, List.of(), offset)).stream()
        .map(ProjectFile::of)
        .toList();
  }

  ProjectFile one(String folderId, String name) {
    return in(folderId).stream().filter(file -> file.name().equals(name)).findFirst().orElseThrow();
  }
}
