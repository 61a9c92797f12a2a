package io.towpath.activities.synapse;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.Attempt;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.synapse.AnnotationValue;
import io.towpath.workflows.synapse.IndexedFile;
import io.towpath.workflows.synapse.SynapseActivities.IndexPage;
import io.towpath.workflows.transfer.OutputFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Indexes one page of outputs. The first attempt believes what the preparation saw, so a new file
 * costs two calls and an unchanged one none; a later one lists the folders first, because files of
 * an earlier one may lie there.
 *
 * <p>The first file of all goes before the others: of two who file the same names at the same time,
 * one gets it, and the other one is refused before it has filed anything.
 */
final class PageIndexer {
  private final S3Documents documents;
  private final PageRunner pages;
  private final SynapseAccount account;
  private final FileIndexer files;
  private final IndexPage request;
  private final Attempt attempt;

  PageIndexer(
      S3Documents documents,
      PageRunner pages,
      SynapseAccount account,
      FileIndexer files,
      IndexPage request,
      Attempt attempt) {
    this.documents = documents;
    this.pages = pages;
    this.account = account;
    this.files = files;
    this.request = request;
    this.attempt = attempt;
  }

  List<IndexedFile> run() {
    FolderTree tree = FolderTree.read(documents, request.target().folders());
    Map<String, SeenFile> before = before(tree);
    Map<String, Map<String, AnnotationValue>> annotations = annotations(tree);
    Map<String, String> folders = folders();
    List<OutputFile> outputs =
        documents.readPage(request.outputs(), request.page(), OutputFile.class);
    Function<OutputFile, WantedFile> wanted =
        output -> wanted(output, folders, annotations.getOrDefault(output.path(), Map.of()));
    outputs.forEach(output -> requirePrepared(output, folders));
    Map<String, Children> listed =
        attempt.number() > 1 ? listed(outputs.stream().map(wanted)) : Map.of();
    Function<OutputFile, IndexedFile> index =
        output -> {
          WantedFile file = wanted.apply(output);
          Optional<SeenFile> was = Optional.ofNullable(before.get(file.target().path()));
          return files.index(file, was, now(file, was, listed));
        };
    int alone = request.page() == 0 ? Math.min(1, outputs.size()) : 0;
    List<IndexedFile> indexed = new ArrayList<>(index(outputs.subList(0, alone), index));
    indexed.addAll(index(outputs.subList(alone, outputs.size()), index));
    return indexed;
  }

  private List<IndexedFile> index(
      List<OutputFile> outputs, Function<OutputFile, IndexedFile> index) {
    return outputs.isEmpty()
        ? List.of()
        : pages.run(outputs, ManifestFiles.AT_ONCE, index, progress -> attempt.heartbeat());
  }

  private Map<String, SeenFile> before(FolderTree tree) {
    Map<String, SeenFile> before = new HashMap<>();
    if (tree.existingPages().contains(request.page())) {
      page(FolderTree.existing(request.target().folders()), FolderTree.ExistingFile.class)
          .forEach(file -> before.put(file.path(), file.seen()));
    }
    return before;
  }

  private Map<String, Map<String, AnnotationValue>> annotations(FolderTree tree) {
    return tree.annotatedPages().contains(request.page())
        ? FolderTree.annotations(documents, request.target().folders(), request.page())
        : Map.of();
  }

  private Map<String, String> folders() {
    Map<String, String> folders = new HashMap<>();
    page(FolderTree.ids(request.target().folders()), FolderTree.FolderOf.class)
        .forEach(folder -> folders.put(folder.path(), folder.id()));
    return folders;
  }

  /** What goes with the page of outputs, under another prefix. */
  private <T> List<T> page(S3Uri pages, Class<T> type) {
    return documents.readPage(ManifestRef.page(pages, request.page()), type);
  }

  /** Nothing of a page is filed that is not the prepared one. */
  private void requirePrepared(OutputFile output, Map<String, String> folders) {
    boolean placed = folders.containsKey(TargetPath.of(output.path(), request.names()).folder());
    if (!placed || output.md5().isEmpty()) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          output.uri()
              + (placed ? " has no MD5 yet" : " has no folder in the prepared tree")
              + "; these outputs are not the prepared ones");
    }
  }

  private WantedFile wanted(
      OutputFile output, Map<String, String> folders, Map<String, AnnotationValue> annotations) {
    TargetPath target = TargetPath.of(output.path(), request.names());
    return new WantedFile(
        request.claim(),
        folders.getOrDefault(target.folder(), ""),
        target,
        output.uri(),
        output.md5().orElse(""),
        OptionalLong.of(output.sizeBytes()),
        OptionalLong.of(request.target().storageLocationId()),
        request.target().activityId(),
        annotations,
        request.names().sharedBelow());
  }

  private Map<String, Children> listed(Stream<WantedFile> wanted) {
    Map<String, Set<String>> names = new HashMap<>();
    wanted.forEach(
        file ->
            names
                .computeIfAbsent(file.parentId(), id -> new HashSet<>())
                .add(file.target().name()));
    Map<String, Children> listed = new HashMap<>();
    names.forEach(
        (parent, of) ->
            listed.put(
                parent, Children.of(account.client(), parent, of::contains, attempt::heartbeat)));
    return listed;
  }

  private Optional<SeenFile> now(
      WantedFile file, Optional<SeenFile> was, Map<String, Children> listed) {
    if (was.filter(file::isDone).isPresent()) {
      return was;
    }
    Children children = listed.get(file.parentId());
    if (children == null) {
      return was;
    }
    return Optional.ofNullable(children.byName().get(file.target().name()))
        .map(child -> files.ours(file, child.id()));
  }
}
