package io.towpath.activities.drs;

import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.sevenbridges.TaskOutput;
import io.towpath.workflows.synapse.IndexedFile;
import io.towpath.workflows.transfer.OutputFile;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One file that is to have an id.
 *
 * @param object where its bytes lie, if that is in S3
 * @param objectBytes size of that object, where it was looked at
 * @param filed the version of an entity of Synapse that it is, where it was filed there
 * @param checksums what is known of its bytes, by the names that DRS has for types
 */
record MintFile(
    String fileId,
    String name,
    long sizeBytes,
    Optional<S3Uri> object,
    Optional<Long> objectBytes,
    Optional<IndexedFile> filed,
    Map<String, String> checksums) {

  static final String MD5 = "md5";
  static final String ETAG = "etag";

  static MintFile of(TaskOutput output, Optional<OutputFile> object, Optional<IndexedFile> filed) {
    Map<String, String> checksums = new TreeMap<>();
    object.flatMap(OutputFile::md5).ifPresent(md5 -> checksums.put(MD5, md5));
    object
        .map(OutputFile::etag)
        .filter(etag -> !etag.isEmpty())
        .ifPresent(etag -> checksums.put(ETAG, etag));
    return new MintFile(
        output.fileId(),
        output.name(),
        output.sizeBytes(),
        object.map(OutputFile::uri).or(output::uri),
        object.map(OutputFile::sizeBytes),
        filed,
        checksums);
  }

  /** The version of an entity that it is. */
  Optional<SynapseId> entity() {
    return filed.map(file -> new SynapseId(file.synapseId()).atVersion(file.version()));
  }

  Optional<String> checksum(String type) {
    return Optional.ofNullable(checksums.get(type));
  }
}
