package io.towpath.activities.synapse;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.rows.Noted;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.Attempt;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.synapse.AnnotationValue;
import io.towpath.workflows.synapse.SynapseActivities.PrepareIndex;
import io.towpath.workflows.transfer.OutputFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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
  private final ExistingTree tree;
  private final List<Integer> annotated;
  private final Attempt attempt;
  private final List<Integer> pages = new ArrayList<>();
  private final Noted collisions = new Noted(MOST_COLLISIONS_SHOWN);
  private final Noted adopted = new Noted(MOST_ADOPTED_SHOWN);
  private @Nullable EarlierFiles earlier;

  /** What shall be there, and what is. */
  private record Looked(WantedFile wanted, SeenFile seen) {
    FolderTree.ExistingFile existing() {
      return new FolderTree.ExistingFile(wanted.target().path(), seen);
    }
  }

  /**
   * @param annotated numbers of the pages of outputs of which some have annotations, written before
   */
  ExistingFiles(
      S3Documents documents,
      PageRunner runner,
      SynapseAccount account,
      PrepareIndex request,
      ExistingTree tree,
      List<Integer> annotated,
      Attempt attempt) {
    this.documents = documents;
    this.runner = runner;
    this.account = account;
    this.request = request;
    this.tree = tree;
    this.annotated = annotated;
    this.attempt = attempt;
  }

  /** Looks at those of a page that are there and are not known to be as they are wanted. */
  void look(int page, List<OutputFile> outputs) {
    List<OutputFile> there =
        outputs.stream().filter(output -> tree.file(path(output)).isPresent()).toList();
    if (there.isEmpty()) {
      return;
    }
    Map<String, Map<String, AnnotationValue>> annotations =
        annotated.contains(page)
            ? FolderTree.annotations(documents, request.folders(), page)
            : Map.of();
    EarlierFiles known = earlier();
    List<Looked> looked =
        runner.run(
            there,
            ManifestFiles.AT_ONCE,
            output -> look(output, annotations.getOrDefault(output.path(), Map.of()), known),
            progress -> attempt.heartbeat());
    looked.forEach(this::judge);
    documents.writePage(
        ManifestRef.page(FolderTree.existing(request.folders()), page),
        looked.stream().map(Looked::existing).toList());
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

  /** Read once, and only where something is there. */
  private EarlierFiles earlier() {
    if (earlier == null) {
      earlier =
          EarlierFiles.read(
              documents, request.earlier(), request.outputs().pageCount(), attempt::heartbeat);
    }
    return earlier;
  }

  private Looked look(
      OutputFile output, Map<String, AnnotationValue> annotations, EarlierFiles known) {
    WantedFile wanted = wanted(output, annotations);
    String path = wanted.target().path();
    SynapseId id = new SynapseId(tree.file(path).orElseThrow());
    OptionalLong stamp = tree.stamp(path);
    OptionalLong version = known.unchanged(wanted, stamp);
    return new Looked(
        wanted,
        version.isPresent()
            ? SeenFile.like(wanted, id.atVersion(version.getAsLong()), stamp)
            : SeenFile.of(account.client().bundle(id.entity(), OptionalLong.empty())));
  }

  private String path(OutputFile output) {
    return TargetPath.of(output.path(), request.names()).path();
  }

  private void judge(Looked looked) {
    SeenFile seen = looked.seen();
    String collision = looked.wanted().collision(seen);
    if (!collision.isEmpty()) {
      collisions.add(collision);
    }
    String owner = seen.businessKey().orElse("nobody known to Towpath");
    if (!owner.equals(request.claim().businessKey())) {
      adopted.add(looked.wanted().target().path() + " (" + seen.id() + ") from " + owner);
    }
  }

  /** The folder and where its bytes are kept do not matter yet. */
  private WantedFile wanted(OutputFile output, Map<String, AnnotationValue> annotations) {
    return new WantedFile(
        request.claim(),
        "",
        TargetPath.of(output.path(), request.names()),
        output.uri(),
        output.md5().orElse(""),
        OptionalLong.empty(),
        OptionalLong.empty(),
        "",
        annotations,
        request.names().sharedBelow());
  }
}
