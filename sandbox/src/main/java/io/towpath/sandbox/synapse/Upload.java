package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One multipart upload or copy; guarded by the realm's lock. */
final class Upload {
  /**
   * What is uploaded, and where to.
   *
   * @param hash of the whole request, all its fields
   * @param source the object to copy, for a multipart copy
   */
  record Plan(
      String hash,
      FileHandle.Content content,
      long sizeBytes,
      long partSizeBytes,
      StorageLocation location,
      FileHandle.S3Object target,
      Optional<FileHandle.S3Object> source) {

    int parts() {
      return (int) ((sizeBytes + partSizeBytes - 1) / partSizeBytes);
    }

    long firstByte(int part) {
      return (part - 1) * partSizeBytes;
    }

    long lastByte(int part) {
      return Math.min(sizeBytes, part * partSizeBytes) - 1;
    }
  }

  /** The bytes of one part, in a scratch file. */
  record Part(Path file, String md5) {}

  final String id;
  final String startedBy;
  final Instant startedOn;
  final Plan plan;
  final SortedMap<Integer, Part> uploaded = new TreeMap<>();
  final SortedMap<Integer, Part> added = new TreeMap<>();
  Instant updatedOn;
  Optional<String> resultFileHandleId = Optional.empty();
  boolean goneFromS3;

  Upload(String id, String startedBy, Instant now, Plan plan) {
    this.id = id;
    this.startedBy = startedBy;
    this.startedOn = now;
    this.updatedOn = now;
    this.plan = plan;
  }

  String partKey(int part) {
    return plan.target().key() + "/" + part;
  }

  int missing() {
    return plan.parts() - added.size();
  }

  boolean isComplete() {
    return resultFileHandleId.isPresent();
  }

  ObjectNode json() {
    StringBuilder state = new StringBuilder();
    for (int part = 1; part <= plan.parts(); part++) {
      state.append(isComplete() || added.containsKey(part) ? '1' : '0');
    }
    ObjectNode json = Json.object();
    json.put("uploadId", id);
    json.put("startedBy", startedBy);
    json.put("startedOn", Json.date(startedOn));
    json.put("updatedOn", Json.date(updatedOn));
    json.put("partsState", state.toString());
    json.put("state", isComplete() ? "COMPLETED" : "UPLOADING");
    Json.put(json, "resultFileHandleId", resultFileHandleId);
    return json;
  }
}
