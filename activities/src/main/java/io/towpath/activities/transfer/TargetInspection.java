package io.towpath.activities.transfer;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Failures;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Looks at the place where files will go, without writing. */
final class TargetInspection {
  private final S3Client s3;

  TargetInspection(S3Client s3) {
    this.s3 = s3;
  }

  List<Problem> inspect(S3Uri target, String place) {
    List<Problem> problems = new ArrayList<>();
    if (Arrays.asList(target.key().split("/", -1)).contains("..")) {
      problems.add(new Problem(place, "\"" + target + "\" has a part \"..\"; name the folder"));
    }
    Optional<HeadBucketResponse> bucket =
        ask(
            problems,
            place,
            "s3:ListBucket",
            target,
            () -> s3.headBucket(r -> r.bucket(target.bucket())));
    bucket
        .map(HeadBucketResponse::bucketRegion)
        .filter(region -> !region.equals(ours()))
        .ifPresent(region -> problems.add(otherRegion(target, place, region)));
    if (bucket.isPresent()) {
      lookInside(problems, target, place);
    }
    return problems;
  }

  private void lookInside(List<Problem> problems, S3Uri target, String place) {
    Optional<ListObjectsV2Response> listing =
        ask(
            problems,
            place,
            "s3:ListBucket",
            target,
            () ->
                s3.listObjectsV2(
                    r -> r.bucket(target.bucket()).prefix(target.asFolder().key()).maxKeys(1)));
    listing.stream()
        .flatMap(found -> found.contents().stream())
        .findFirst()
        .map(object -> S3Uri.of(target.bucket(), object.key()))
        .ifPresent(
            uri ->
                ask(
                    problems,
                    place,
                    "s3:GetObject",
                    uri,
                    () -> s3.headObject(r -> r.bucket(uri.bucket()).key(uri.key()))));
  }

  /** Asks; a refusal becomes a problem, silence stays a failure that is tried again. */
  private static <T> Optional<T> ask(
      List<Problem> problems, String place, String action, S3Uri uri, Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (SdkException e) {
      PlatformException failure = S3Failures.of(action, uri, e);
      if (failure.kind() == FailureKind.PLATFORM_UNAVAILABLE) {
        throw failure;
      }
      problems.add(new Problem(place, wordsFor(failure, action, uri)));
      return Optional.empty();
    }
  }

  private static String wordsFor(PlatformException failure, String action, S3Uri uri) {
    if (failure.status() == 404 && action.equals("s3:ListBucket")) {
      return "the bucket \"" + uri.bucket() + "\" does not exist; create it or name another";
    }
    return String.valueOf(failure.getMessage());
  }

  private Problem otherRegion(S3Uri target, String place, String region) {
    return new Problem(
        place,
        "the bucket \""
            + target.bucket()
            + "\" lies in "
            + region
            + ", the worker works in "
            + ours()
            + "; name a bucket there, or run the worker with AWS_REGION="
            + region);
  }

  private String ours() {
    return s3.serviceClientConfiguration().region().id();
  }

  /** Whether anything lies below the prefix; also true where we may not look. */
  boolean holdsObjects(S3Uri prefix) {
    try {
      return S3Failures.asking(
          "s3:ListBucket",
          prefix,
          () ->
              !s3.listObjectsV2(
                      r -> r.bucket(prefix.bucket()).prefix(prefix.asFolder().key()).maxKeys(1))
                  .contents()
                  .isEmpty());
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.ACCESS_DENIED) {
        return true;
      }
      throw e;
    }
  }
}
