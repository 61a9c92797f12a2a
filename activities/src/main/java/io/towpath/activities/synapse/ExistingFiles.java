package io.towpath.activities.synapse;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.rows.Noted;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.Attempt;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.synapse.SynapseActivities.PrepareIndex;
import io.towpath.workflows.transfer.OutputFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Looks at what is there already of an index's files, one page of outputs after the other, writes
 * it down, and names what belongs to other work.
 */
final class ExistingFiles {
  private static final int MOST_ADOPTED_SHOWN = 40;
  private static final int MOST_COLLISIONS_SHOWN = 50;

  private final S3Documents documents;
  private final PageRunner runner;
  private final SynapseAccount account;
  private final PrepareIndex request;
  private final Attempt attempt;
  private final List<Integer> pages = new ArrayList<>();
  private final Noted collisions = new Noted(MOST_COLLISIONS_SHOWN);
  private final Noted adopted = new Noted(MOST_ADOPTED_SHOWN);

  ExistingFiles(
      S3Documents documents,
      PageRunner runner,
      SynapseAccount account,
      PrepareIndex request,
      Attempt attempt) {
    this.documents = documents;
    this.runner = runner;
    this.account = account;
    this.request = request;
    this.attempt = attempt;
  }

  void look(int page, List<OutputFile> outputs, ExistingTree tree) {
    List<String> paths =
        outputs.stream()
            .map(output -> TargetPath.of(output.path(), request.names()).path())
            .filter(path -> tree.file(path).isPresent())
            .toList();
    if (paths.isEmpty()) {
      return;
    }
    List<FolderTree.ExistingFile> existing =
        runner.run(
            paths,
            ManifestFiles.AT_ONCE,
            path -> look(path, tree.file(path).orElseThrow()),
            progress -> attempt.heartbeat());
    existing.forEach(this::judge);
    documents.writePage(ManifestRef.page(FolderTree.existing(request.folders()), page), existing);
    pages.add(page);
  }

  /** Numbers of the pages of outputs of which some are there. */
  List<Integer> pages() {
    return pages;
  }

  /** Files that belong to other work. */
  Noted collisions() {
    return collisions;
  }

  /** The first files of others that this index goes on with, and how many more. */
  List<String> adopted() {
    return adopted.all("");
  }

  private FolderTree.ExistingFile look(String path, String id) {
    return new FolderTree.ExistingFile(
        path, SeenFile.of(account.client().bundle(id, OptionalLong.empty())));
  }

  private void judge(FolderTree.ExistingFile file) {
    SeenFile seen = file.seen();
    String collision = collision(file.path(), seen);
    if (!collision.isEmpty()) {
      collisions.add(collision);
    }
    String owner = seen.businessKey().orElse("nobody known to Towpath");
    if (!owner.equals(request.claim().businessKey())) {
      adopted.add(file.path() + " (" + seen.id() + ") from " + owner);
    }
  }

  private String collision(String path, SeenFile seen) {
    return new WantedFile(
            request.claim(),
            "",
            new TargetPath("", path),
            request.folders(),
            "",
            OptionalLong.empty(),
            OptionalLong.empty(),
            "",
            Map.of(),
            request.names().sharedBelow())
        .collision(seen);
  }
}
