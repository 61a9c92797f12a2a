package io.towpath.activities.synapse;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.synapse.AnnotationValue;
import io.towpath.workflows.synapse.SynapseActivities.IndexTarget;
import io.towpath.workflows.synapse.SynapseActivities.PrepareIndex;
import io.towpath.workflows.transfer.OutputFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What an index needs once. Everything that stands in its way is found before anything is made, and
 * what existed before is written down first, so that a repeated attempt reports the same.
 */
final class IndexPreparation {
  private static final int MOST_ADOPTED_SHOWN = 40;

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
    documents.forEach(request.outputs(), OutputFile.class, plan::add);
    refuse(FailureKind.INPUT_REJECTED, plan.problems());
    ExistingTree tree =
        ExistingTree.of(account.client(), request.parent().entity(), plan, attempt::heartbeat);
    Optional<FolderTree> earlier = earlierAttempt();
    Map<String, SeenFile> files = earlier.isPresent() ? Map.of() : filesThatExist(tree);
    AnnotationPlan annotations =
        new AnnotationPlan(
            request.annotations(), new AnnotationTables(s3, documents, request.from()));
    List<Integer> annotated = annotate(annotations);
    ledger.requireHeld(request.claim());
    long location = storageLocation(submit);
    String activity =
        new ProvenanceActivity(account.client(), submit, ledger, documents)
            .ensure(request.claim(), request.provenance());
    FolderTree before = earlier.orElseGet(() -> rememberBefore(tree, files));
    FolderTree made = before.complete(makeFolders(tree, submit), annotated);
    made.write(documents, request.folders());
    return new IndexTarget(
        request.parent(),
        location,
        activity,
        request.folders(),
        made.ids().size() - 1,
        made.ids().size() - before.ids().size(),
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

  /** Writes down what each output shall say of itself; returns the pages that have any. */
  private List<Integer> annotate(AnnotationPlan annotations) {
    List<Integer> annotated = new ArrayList<>();
    for (int page = 0; !annotations.isEmpty() && page < request.outputs().pageCount(); page++) {
      List<FolderTree.AnnotatedFile> files = new ArrayList<>();
      for (OutputFile output : documents.readPage(request.outputs().page(page), OutputFile.class)) {
        Map<String, AnnotationValue> values = annotations.of(output.path());
        if (!values.isEmpty()) {
          files.add(new FolderTree.AnnotatedFile(output.path(), values));
        }
      }
      if (!files.isEmpty()) {
        documents.writePage(
            Pages.of(request.outputs(), FolderTree.annotated(request.folders()), page), files);
        annotated.add(page);
      }
      attempt.heartbeat();
    }
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

  /** Looks at every file that is there already; names what belongs to other work, all at once. */
  private Map<String, SeenFile> filesThatExist(ExistingTree tree) {
    List<String> paths =
        tree.files().keySet().stream().filter(p -> !p.equals(IndexPlan.REPORT)).sorted().toList();
    List<SeenFile> looks =
        pages.run(
            paths,
            ManifestFiles.AT_ONCE,
            path ->
                SeenFile.of(
                    account
                        .client()
                        .bundle(tree.files().getOrDefault(path, ""), OptionalLong.empty())),
            progress -> attempt.heartbeat());
    Map<String, SeenFile> files = new TreeMap<>();
    List<String> collisions = new ArrayList<>(tree.collisions());
    for (int i = 0; i < paths.size(); i++) {
      files.put(paths.get(i), looks.get(i));
      String collision = collision(paths.get(i), looks.get(i));
      if (!collision.isEmpty()) {
        collisions.add(collision);
      }
    }
    refuse(FailureKind.CONFLICT, collisions);
    return files;
  }

  private String collision(String path, SeenFile seen) {
    return new WantedFile(
            request.claim(),
            "",
            new TargetPath("", path),
            request.folders(),
            "",
            OptionalLong.empty(),
            0,
            "",
            Map.of(),
            request.names().adopts())
        .collision(seen);
  }

  /** The first files of others, and how many more there are. */
  private List<String> adopted(Map<String, SeenFile> files) {
    List<String> adopted = new ArrayList<>();
    files.forEach(
        (path, seen) -> {
          String owner = seen.businessKey().orElse("nobody known to Towpath");
          if (!owner.equals(request.claim().businessKey())) {
            adopted.add(path + " (" + seen.id() + ") from " + owner);
          }
        });
    if (adopted.size() <= MOST_ADOPTED_SHOWN) {
      return adopted;
    }
    List<String> shown = new ArrayList<>(adopted.subList(0, MOST_ADOPTED_SHOWN));
    shown.add("and " + (adopted.size() - MOST_ADOPTED_SHOWN) + " more");
    return shown;
  }

  private FolderTree rememberBefore(ExistingTree tree, Map<String, SeenFile> files) {
    List<Integer> existingPages = new ArrayList<>();
    for (int page = 0; !files.isEmpty() && page < request.outputs().pageCount(); page++) {
      List<FolderTree.ExistingFile> existing = new ArrayList<>();
      for (OutputFile output : documents.readPage(request.outputs().page(page), OutputFile.class)) {
        String path = TargetPath.of(output.path(), request.names()).path();
        SeenFile seen = files.get(path);
        if (seen != null) {
          existing.add(new FolderTree.ExistingFile(path, seen));
        }
      }
      if (!existing.isEmpty()) {
        documents.writePage(
            Pages.of(request.outputs(), FolderTree.existing(request.folders()), page), existing);
        existingPages.add(page);
      }
    }
    FolderTree before = FolderTree.of(request, tree.folders(), existingPages, adopted(files));
    before.write(documents, FolderTree.before(request.folders()));
    return before;
  }

  private Map<String, String> makeFolders(ExistingTree tree, SubmitOnce submit) {
    Map<String, String> ids = new TreeMap<>(tree.folders());
    FolderMaker maker = new FolderMaker(account.client(), submit, request.claim());
    for (String path : plan.folders().keySet()) {
      if (!ids.containsKey(path)) {
        int slash = path.lastIndexOf('/');
        String parent = ids.getOrDefault(slash < 0 ? "" : path.substring(0, slash), "");
        ids.put(path, maker.make(parent, path.substring(slash + 1)));
        attempt.heartbeat();
      }
    }
    return ids;
  }

  private static void refuse(FailureKind kind, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new PlatformException(
          kind,
          problems.size()
              + (problems.size() == 1 ? " output" : " outputs")
              + " cannot be indexed, nothing was made: "
              + Listing.of(problems, "; "));
    }
  }
}
