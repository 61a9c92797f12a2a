package io.towpath.sandbox.s3;

import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import java.util.Optional;

/** The conditions on a copy's destination, which S3 checks and S3Proxy does not. */
final class CopyConditions {
  private CopyConditions() {}

  /** The refusal of a copy; the caller holds the destination key's lock. */
  static Optional<Reply> refuse(Call call, ObjectStore store) {
    if (call.header("x-amz-copy-source").isEmpty()) {
      return Optional.empty();
    }
    Optional<String> ifNoneMatch = call.header("if-none-match");
    Optional<String> ifMatch = call.header("if-match");
    if (ifNoneMatch.isEmpty() && ifMatch.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> etag =
        store.head(call.variable("bucket"), call.variable("key")).map(ObjectStore.Stored::etag);
    if (ifMatch.isPresent() && etag.isEmpty()) {
      return Optional.of(S3Errors.reply(404, "NoSuchKey", "The specified key does not exist."));
    }
    boolean exists = ifNoneMatch.isPresent() && etag.isPresent();
    boolean other =
        ifMatch.isPresent() && !etag.equals(ifMatch.map(given -> given.replace("\"", "")));
    return exists || other
        ? Optional.of(
            S3Errors.reply(
                412,
                "PreconditionFailed",
                "At least one of the pre-conditions you specified did not hold"))
        : Optional.empty();
  }
}
