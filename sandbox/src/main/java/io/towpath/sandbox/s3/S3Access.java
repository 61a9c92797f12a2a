package io.towpath.sandbox.s3;

import io.towpath.sandbox.http.Reply;
import java.util.Optional;
import java.util.Set;

/**
 * Who may touch which bucket: buckets that belong to another platform's own account are closed to
 * the user, and open for reading to the temporary keys that this platform hands out.
 */
final class S3Access {
  private static final Set<String> READS = Set.of("GET", "HEAD");

  private final String internalKeyId;
  private final String sessionKeyId;
  private final Set<String> protectedBuckets;

  S3Access(S3Keys internal, S3Keys session, Set<String> protectedBuckets) {
    this.internalKeyId = internal.accessKeyId();
    this.sessionKeyId = session.accessKeyId();
    this.protectedBuckets = Set.copyOf(protectedBuckets);
  }

  boolean isProtected(String bucket) {
    return protectedBuckets.contains(bucket);
  }

  Optional<Reply> refuse(Optional<String> signer, String method, String bucket) {
    if (signer.isPresent() && signer.get().equals(internalKeyId)) {
      return Optional.of(
          S3Errors.reply(
              403,
              "InvalidAccessKeyId",
              "The AWS Access Key Id you provided does not exist in our records."));
    }
    boolean mayRead =
        signer.isPresent() && signer.get().equals(sessionKeyId) && READS.contains(method);
    return isProtected(bucket) && !mayRead
        ? Optional.of(S3Errors.reply(403, "AccessDenied", "Access Denied"))
        : Optional.empty();
  }
}
