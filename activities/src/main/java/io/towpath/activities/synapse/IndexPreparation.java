package io.towpath.activities.synapse;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.rows.Noted;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.Attempt;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.synapse.AnnotationValue;
import io.towpath.workflows.synapse.IndexTarget;
import io.towpath.workflows.synapse.SynapseActivities.PrepareIndex;
import io.towpath.workflows.transfer.OutputFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an index needs once. Everything that stands in its way is found before anything is made, and
 * what existed before is written down first, so that a repeated attempt reports the same. One page
 * of outputs is in memory at a time.
 */
final class IndexPreparation {
  private final S3Clients s3;
  private final S3Documents documents;
  private final SubmitLedger ledger;
  private final PageRunner pages;
  private final SynapseAccount account;
  private final PrepareIndex request;
  private final Attempt attempt;
  private final IndexPlan plan;

  IndexPreparation(
      S3Clients s3,
      S3Documents documents,
      SubmitLedger ledger,
      PageRunner pages,
      SynapseAccount account,
      PrepareIndex request,
      Attempt attempt) {
    this.s3 = s3;
    this.documents = documents;
    this.ledger = ledger;
    this.pages = pages;
    this.account = account;
    this.request = request;
    this.attempt = attempt;
    this.plan = new IndexPlan(request.names());
  }

  IndexTarget run(SubmitOnce submit) {
    List<String> digests =
        documents.forEachPage(
            request.outputs(), OutputFile.class, outputs -> outputs.forEach(plan::add));
    refuse(FailureKind.INPUT_REJECTED, plan.problems());
    ExistingTree tree =
        ExistingTree.of(account.client(), request.parent().entity(), plan, attempt::heartbeat);
    Optional<FolderTree> earlier = earlierAttempt();
    AnnotationPlan annotations =
        new AnnotationPlan(
            request.annotations(), new AnnotationTables(s3, documents, request.from()));
    List<Integer> annotated = annotate(annotations, digests);
    ExistingFiles files =
        new ExistingFiles(documents, pages, account, request, tree, annotated, attempt);
    if (earlier.isEmpty()) {
      forEachPage(digests, files::look);
      refuse(FailureKind.CONFLICT, tree.collisions(), files.collisions());
    }
    ledger.requireHeld(request.claim());
    documents.writeDigests(request.outputs(), digests);
    long location = storageLocation(submit);
    String activity =
        new ProvenanceActivity(account.client(), submit, ledger, documents)
            .ensure(request.claim(), request.provenance());
    FolderTree before =
        earlier.orElseGet(
            () ->
                FolderTree.of(request, tree.folderCount(), files.pages(), files.adopted())
                    .write(documents, FolderTree.before(request.folders())));
    makeFolders(tree, digests, submit);
    FolderTree made =
        before.complete(plan.folderCount() + 1, annotated).write(documents, request.folders());
    return new IndexTarget(
        request.parent(),
        location,
        activity,
        request.folders(),
        plan.folderCount(),
        made.folderCount() - before.folderCount(),
        plan.renamed(),
        made.adopted(),
        annotations.warnings());
  }

  private long storageLocation(SubmitOnce submit) {
    if (request.storageLocation().isPresent()) {
      return request.storageLocation().get();
    }
    new OwnerFile(s3, request.baseKey()).ensure(account.user());
    return new StorageLocation(account.client(), request.baseKey()).ensure(submit, request.claim());
  }

  /** Does something with a page of outputs. */
  @FunctionalInterface
  private interface EachPage {
    void of(int page, List<OutputFile> outputs);
  }

  private void forEachPage(List<String> digests, EachPage each) {
    ManifestRef outputs = request.outputs();
    for (int page = 0; page < digests.size(); page++) {
      each.of(page, documents.readPage(outputs.page(page), digests.get(page), OutputFile.class));
      attempt.heartbeat();
    }
  }

  /** Writes down what each output shall say of itself; returns the pages that have any. */
  private List<Integer> annotate(AnnotationPlan annotations, List<String> digests) {
    List<Integer> annotated = new ArrayList<>();
    if (annotations.isEmpty()) {
      return annotated;
    }
    forEachPage(
        digests,
        (page, outputs) -> {
          List<FolderTree.AnnotatedFile> files = new ArrayList<>();
          for (OutputFile output : outputs) {
            Map<String, AnnotationValue> values = annotations.of(output.path());
            if (!values.isEmpty()) {
              files.add(new FolderTree.AnnotatedFile(output.path(), values));
            }
          }
          if (!files.isEmpty()) {
            documents.writePage(
                ManifestRef.page(FolderTree.annotated(request.folders()), page), files);
            annotated.add(page);
          }
        });
    return annotated;
  }

  /** What an earlier attempt of this claim's work wrote down before it made anything. */
  private Optional<FolderTree> earlierAttempt() {
    try {
      return Optional.of(FolderTree.read(documents, FolderTree.before(request.folders())))
          .filter(tree -> tree.belongsTo(request));
    } catch (PlatformException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Makes what is missing, and writes down for each page of outputs which folders it needs. */
  private void makeFolders(ExistingTree tree, List<String> digests, SubmitOnce submit) {
    FolderMaker maker = new FolderMaker(account.client(), submit, request.claim());
    forEachPage(
        digests,
        (page, outputs) -> {
          Map<String, String> ids = new LinkedHashMap<>();
          for (OutputFile output : outputs) {
            ids.computeIfAbsent(
                TargetPath.of(output.path(), request.names()).folder(),
                path -> ensure(path, tree, maker));
          }
          List<FolderTree.FolderOf> folders = new ArrayList<>();
          ids.forEach((path, id) -> folders.add(new FolderTree.FolderOf(path, id)));
          documents.writePage(ManifestRef.page(FolderTree.ids(request.folders()), page), folders);
        });
  }

  private String ensure(String path, ExistingTree tree, FolderMaker maker) {
    Optional<String> there = tree.folder(path);
    if (there.isPresent()) {
      return there.get();
    }
    String parent = ensure(IndexPlan.above(path), tree, maker);
    String id = maker.make(parent, path.substring(path.lastIndexOf('/') + 1));
    tree.made(path, id);
    attempt.heartbeat();
    return id;
  }

  private static void refuse(FailureKind kind, Noted... all) {
    long count = 0;
    List<String> problems = new ArrayList<>();
    for (Noted some : all) {
      count += some.count();
      problems.addAll(some.all(""));
    }
    if (count > 0) {
      throw new PlatformException(
          kind,
          count
              + (count == 1 ? " output" : " outputs")
              + " cannot be indexed, nothing was made: "
              + String.join("; ", problems));
    }
  }
}
