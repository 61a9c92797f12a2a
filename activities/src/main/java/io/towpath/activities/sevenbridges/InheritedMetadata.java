package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.samples.SampleFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The metadata that all files of a sample share, which the sample's outputs get too. */
final class InheritedMetadata {
  private final Map<String, ObjectNode> bySample = new HashMap<>();

  /** Of all samples of these pages of {@link SampleFile}. */
  static InheritedMetadata read(S3Documents documents, ManifestRef files) {
    InheritedMetadata metadata = new InheritedMetadata();
    documents.forEach(files, SampleFile.class, metadata::add);
    return metadata;
  }

  private void add(SampleFile file) {
    ObjectNode own = S3Documents.JSON.valueToTree(file.metadata());
    own.properties().removeIf(field -> field.getValue().isNull());
    ObjectNode shared = bySample.putIfAbsent(file.sample(), own);
    if (shared != null) {
      shared.properties().removeIf(field -> !field.getValue().equals(own.get(field.getKey())));
    }
  }

  /** The item of a bulk edit; empty where a file of the sample has everything. */
  Optional<ObjectNode> change(String sample, ProjectFile file) {
    return Optional.ofNullable(bySample.get(sample))
        .flatMap(shared -> MetadataChange.of(file, shared));
  }
}
