package io.towpath.sandbox.synapse;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All uploads, one per person and request hash; guarded by the realm's lock. */
final class Uploads {
  /** Rows that nobody used for this long are removed. */
  private static final Duration KEPT = Duration.ofDays(30);

  private record Key(String startedBy, String hash) {}

  private final Map<String, Upload> byId = new LinkedHashMap<>();
  private final Map<Key, String> byHash = new HashMap<>();
  private long lastId = 600_000;

  Upload start(SynapseAccount caller, Instant now, Upload.Plan plan) {
    lastId++;
    Upload upload = new Upload(Long.toString(lastId), caller.userId(), now, plan);
    byId.put(upload.id, upload);
    byHash.put(new Key(caller.userId(), plan.hash()), upload.id);
    return upload;
  }

  /** The upload that this person began with the same request. */
  Optional<Upload> same(SynapseAccount caller, String hash, Instant now) {
    return Optional.ofNullable(byHash.get(new Key(caller.userId(), hash)))
        .map(byId::get)
        .filter(upload -> upload.updatedOn.plus(KEPT).isAfter(now));
  }

  /** Lets the next equal request begin anew; the old upload stays readable by its id. */
  void forget(Upload upload) {
    byHash.remove(new Key(upload.startedBy, upload.plan.hash()), upload.id);
  }

  Optional<Upload> find(String id) {
    return Optional.ofNullable(byId.get(id.strip()));
  }

  Upload getOwn(String id, SynapseAccount caller) {
    Upload upload =
        find(id).orElseThrow(() -> Refusals.notFound("Multipart upload " + id + " does not exist"));
    if (!upload.startedBy.equals(caller.userId())) {
      throw Refusals.forbidden(
          "Only the user that started a multipart upload can access it: " + id);
    }
    return upload;
  }

  /** The upload and part that an S3 key of the form {@code <fileKey>/<partNo>} belongs to. */
  Optional<Upload> ofPartKey(FileHandle.S3Object object) {
    return byId.values().stream()
        .filter(upload -> upload.plan.target().bucket().equals(object.bucket()))
        .filter(upload -> object.key().startsWith(upload.plan.target().key() + "/"))
        .findFirst();
  }
}
