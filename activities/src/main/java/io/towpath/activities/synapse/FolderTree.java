package io.towpath.activities.synapse;

import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.synapse.AnnotationValue;
import io.towpath.workflows.synapse.SynapseActivities.PrepareIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an index's folders are, and what lay in them before the claim's work began. Lies in S3 in
 * front of pages, one for each page of outputs: of {@link FolderOf}, and, where there are any, of
 * {@link ExistingFile} and {@link AnnotatedFile}.
 *
 * @param businessKey whose index it is
 * @param generation which generation of it
 * @param outputs digest of the outputs
 * @param folderCount number of folders, with the index's parent
 * @param existingPages numbers of the pages of outputs of which some existed
 * @param annotatedPages numbers of the pages of outputs of which some have annotations
 * @param adopted the first files of other work that this index goes on with
 */
record FolderTree(
    String businessKey,
    int generation,
    String outputs,
    int folderCount,
    List<Integer> existingPages,
    List<Integer> annotatedPages,
    List<String> adopted) {

  FolderTree {
    existingPages = List.copyOf(existingPages);
    annotatedPages = annotatedPages == null ? List.of() : List.copyOf(annotatedPages);
    adopted = adopted == null ? List.of() : List.copyOf(adopted);
  }

  /** A folder that files of the page lie in, a line of a page. */
  record FolderOf(String path, String id) {}

  /** A file that existed before, a line of a page. */
  record ExistingFile(String path, SeenFile seen) {}

  /** What an output shall say of itself, by its own path; a line of a page. */
  record AnnotatedFile(String path, Map<String, AnnotationValue> annotations) {}

  static FolderTree of(
      PrepareIndex request, int folderCount, List<Integer> existingPages, List<String> adopted) {
    return new FolderTree(
        request.claim().businessKey(),
        request.claim().generation(),
        request.outputs().sha256(),
        folderCount,
        existingPages,
        List.of(),
        adopted);
  }

  /** The tree once its folders are made and its annotations are known. */
  FolderTree complete(int folders, List<Integer> annotated) {
    return new FolderTree(
        businessKey, generation, outputs, folders, existingPages, annotated, adopted);
  }

  boolean belongsTo(PrepareIndex request) {
    return businessKey.equals(request.claim().businessKey())
        && generation == request.claim().generation()
        && outputs.equals(request.outputs().sha256());
  }

  static FolderTree read(S3Documents documents, S3Uri where) {
    try {
      return S3Documents.JSON.readValue(documents.read(where), FolderTree.class);
    } catch (IOException e) {
      throw new UncheckedIOException(where + " is no folder tree", e);
    }
  }

  FolderTree write(S3Documents documents, S3Uri where) {
    try {
      documents.write(where, "application/json", S3Documents.JSON.writeValueAsBytes(this));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("a folder tree cannot be written as JSON", e);
    }
  }

  /** What the outputs of an annotated page shall say of themselves, by their own paths. */
  static Map<String, Map<String, AnnotationValue>> annotations(
      S3Documents documents, S3Uri folders, int page) {
    Map<String, Map<String, AnnotationValue>> annotations = new HashMap<>();
    documents
        .readPage(ManifestRef.page(annotated(folders), page), AnnotatedFile.class)
        .forEach(file -> annotations.put(file.path(), file.annotations()));
    return annotations;
  }

  /** Where the tree as it was before the claim's work lies. */
  static S3Uri before(S3Uri folders) {
    return new S3Uri(folders.value() + ".before");
  }

  /** Prefix of the pages of folders. */
  static S3Uri ids(S3Uri folders) {
    return new S3Uri(folders.value() + ".ids/");
  }

  /** Prefix of the pages of files that existed before. */
  static S3Uri existing(S3Uri folders) {
    return new S3Uri(folders.value() + ".existing/");
  }

  /** Prefix of the pages of annotations. */
  static S3Uri annotated(S3Uri folders) {
    return new S3Uri(folders.value() + ".annotations/");
  }
}
