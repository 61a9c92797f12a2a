package io.towpath.activities.synapse;

import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.synapse.AnnotationValue;
import io.towpath.workflows.synapse.SynapseActivities.PrepareIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ids of an index's folders by path, and what lay in them before the claim's work began. Lies in S3
 * beside pages of {@link ExistingFile}, one for each page of outputs that has any.
 *
 * @param businessKey whose index it is
 * @param generation which generation of it
 * @param outputs digest of the outputs
 * @param ids folder ids by path; the empty path is the index's parent
 * @param existingPages numbers of the pages of outputs of which some existed
 * @param annotatedPages numbers of the pages of outputs of which some have annotations
 * @param adopted the first files of other work that this index goes on with
 */
record FolderTree(
    String businessKey,
    int generation,
    String outputs,
    Map<String, String> ids,
    List<Integer> existingPages,
    List<Integer> annotatedPages,
    List<String> adopted) {

  FolderTree {
    ids = new TreeMap<>(ids);
    existingPages = List.copyOf(existingPages);
    annotatedPages = annotatedPages == null ? List.of() : List.copyOf(annotatedPages);
    adopted = adopted == null ? List.of() : List.copyOf(adopted);
  }

  /** A file that existed before, a line of a page. */
  record ExistingFile(String path, SeenFile seen) {}

  /** What an output shall say of itself, by its own path; a line of a page. */
  record AnnotatedFile(String path, Map<String, AnnotationValue> annotations) {}

  static FolderTree of(
      PrepareIndex request,
      Map<String, String> ids,
      List<Integer> existingPages,
      List<String> adopted) {
    return new FolderTree(
        request.claim().businessKey(),
        request.claim().generation(),
        request.outputs().sha256(),
        ids,
        existingPages,
        List.of(),
        adopted);
  }

  /** The tree once its folders are made and its annotations are known. */
  FolderTree complete(Map<String, String> allIds, List<Integer> annotated) {
    return new FolderTree(
        businessKey, generation, outputs, allIds, existingPages, annotated, adopted);
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

  void write(S3Documents documents, S3Uri where) {
    try {
      documents.write(where, "application/json", S3Documents.JSON.writeValueAsBytes(this));
    } catch (IOException e) {
      throw new UncheckedIOException("a folder tree cannot be written as JSON", e);
    }
  }

  /** Where the tree as it was before the claim's work lies. */
  static S3Uri before(S3Uri folders) {
    return new S3Uri(folders.value() + ".before");
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
