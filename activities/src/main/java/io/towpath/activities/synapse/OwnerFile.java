package io.towpath.activities.synapse;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Failures;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The object {@code owner.txt} by which a bucket's owner tells Synapse who may register files of
 * it: user ids, names or team ids, one a line or parted by commas, of which Synapse reads 100
 * lines. Others' entries are kept, and it is written only if ours is missing.
 */
final class OwnerFile {
  private static final int ROUNDS = 10;
  private static final int LINES_READ = 100;

  private final S3Clients s3;
  private final S3Uri where;

  private record Found(String text, Optional<String> etag) {}

  OwnerFile(S3Clients s3, S3Uri folder) {
    this.s3 = s3;
    this.where = folder.resolve("owner.txt");
  }

  /** Makes sure that the user is named, whoever else writes at the same time. */
  void ensure(SynapseAccount.User user) {
    for (int round = 0; round < ROUNDS; round++) {
      Found found = read();
      if (names(found.text(), user) || written(with(found.text(), user), found.etag())) {
        return;
      }
    }
    throw new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE,
        where + " was changed by others each of " + ROUNDS + " times that we wrote to it");
  }

  static boolean names(String text, SynapseAccount.User user) {
    return text.lines()
        .limit(LINES_READ)
        .flatMap(line -> List.of(line.split(",")).stream())
        .map(String::strip)
        .anyMatch(
            entry ->
                entry.equals(user.id())
                    || (!user.name().isEmpty() && entry.equalsIgnoreCase(user.name())));
  }

  static String with(String text, SynapseAccount.User user) {
    if (text.lines().count() >= LINES_READ) {
      return user.id() + "\n" + text;
    }
    String end = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
    return text + end + user.id() + "\n";
  }

  private Found read() {
    try {
      ResponseBytes<GetObjectResponse> object =
          s3.repeating().getObjectAsBytes(r -> r.bucket(where.bucket()).key(where.key()));
      return new Found(
          new String(object.asByteArrayUnsafe(), StandardCharsets.UTF_8),
          Optional.ofNullable(object.response().eTag()));
    } catch (SdkException e) {
      if (e instanceof S3Exception refusal
          && S3Failures.codeOf(refusal).toLowerCase(Locale.ROOT).equals("nosuchkey")) {
        return new Found("", Optional.empty());
      }
      throw S3Failures.of("s3:GetObject", where, e);
    }
  }

  /** Whether it was written; false when it is not what we read any more, or nobody knows. */
  private boolean written(String text, Optional<String> etag) {
    PutObjectRequest.Builder put =
        PutObjectRequest.builder()
            .bucket(where.bucket())
            .key(where.key())
            .contentType("text/plain");
    etag.ifPresentOrElse(put::ifMatch, () -> put.ifNoneMatch("*"));
    try {
      s3.once()
          .putObject(put.build(), RequestBody.fromBytes(text.getBytes(StandardCharsets.UTF_8)));
      return true;
    } catch (SdkException e) {
      PlatformException failure = S3Failures.of("s3:PutObject", where, e);
      if (failure.kind() == FailureKind.PLATFORM_UNAVAILABLE || failure.status() == 404) {
        return false;
      }
      throw failure;
    }
  }
}
