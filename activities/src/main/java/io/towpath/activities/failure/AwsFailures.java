package io.towpath.activities.failure;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Judges what the AWS SDK throws; for calls that change nothing or that may be repeated. */
final class AwsFailures {
  /** Answers of status 400 that say that the credentials, not the request, are wrong. */
  private static final Set<String> BAD_CREDENTIALS =
      Set.of(
          "ExpiredToken", "InvalidToken", "ExpiredTokenException", "UnrecognizedClientException");

  private AwsFailures() {}

  static PlatformException translated(SdkException e) {
    if (!(e instanceof AwsServiceException answer)) {
      return new PlatformException(
          FailureKind.PLATFORM_UNAVAILABLE, "AWS gave no answer: " + e.getMessage());
    }
    String code =
        answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null
            ? ""
            : answer.awsErrorDetails().errorCode();
    return new PlatformException(
        kindOf(answer, code),
        "AWS answered HTTP " + answer.statusCode() + " " + answer.getMessage(),
        answer.isThrottlingException() ? 429 : answer.statusCode(),
        Optional.empty(),
        null);
  }

  private static FailureKind kindOf(AwsServiceException answer, String code) {
    int status = answer.statusCode();
    if (answer.isClockSkewException()) {
      return FailureKind.PLATFORM_UNAVAILABLE;
    }
    if (status == 401 || status == 403 || BAD_CREDENTIALS.contains(code)) {
      return FailureKind.ACCESS_DENIED;
    }
    if (status == 301 || status == 404) {
      return FailureKind.INPUT_REJECTED;
    }
    return FailureKind.PLATFORM_UNAVAILABLE;
  }
}
