package io.towpath.activities.containers.aws;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Judges what a service answers, by its code rather than by its status: AWS says with 400 that it
 * is throttled, and with 400 that credentials are wrong.
 */
final class AwsCall {
  private static final Set<String> THROTTLED =
      Set.of(
          "ThrottlingException", "TooManyRequestsException", "Throttling", "RequestLimitExceeded");
  private static final Set<String> DENIED =
      Set.of(
          "AccessDeniedException",
          "AccessDenied",
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "ExpiredTokenException",
          "ExpiredToken",
          "InvalidClientTokenId");
  private static final Duration THROTTLE_PAUSE = Duration.ofSeconds(5);

  private AwsCall() {}

  /** A call that may be repeated: silence is {@code PLATFORM_UNAVAILABLE}. */
  static <T> T repeatable(String what, Supplier<T> call) {
    return judged(what, call, FailureKind.PLATFORM_UNAVAILABLE);
  }

  /** A call that makes something: silence is {@code OUTCOME_UNKNOWN}. */
  static <T> T once(String what, Supplier<T> call) {
    return judged(what, call, FailureKind.OUTCOME_UNKNOWN);
  }

  private static <T> T judged(String what, Supplier<T> call, FailureKind onSilence) {
    try {
      return call.get();
    } catch (AwsServiceException e) {
      throw refused(what, e, onSilence);
    } catch (SdkException e) {
      throw silence(what, e, onSilence);
    }
  }

  static String code(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }

  private static PlatformException refused(
      String what, AwsServiceException e, FailureKind onSilence) {
    String code = code(e);
    boolean throttled = e.statusCode() == 429 || THROTTLED.contains(code);
    String words = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorMessage();
    String id = e.requestId() == null ? "" : " (request id " + e.requestId() + ")";
    boolean again = throttled || e.isClockSkewException();
    return new PlatformException(
        again ? FailureKind.PLATFORM_UNAVAILABLE : kindOf(e.statusCode(), code, onSilence),
        what + " answered HTTP " + e.statusCode() + " " + code + ": " + words + id,
        throttled ? 429 : e.statusCode(),
        throttled ? Optional.of(THROTTLE_PAUSE) : Optional.empty(),
        e);
  }

  private static FailureKind kindOf(int status, String code, FailureKind onSilence) {
    if (DENIED.contains(code)) {
      return FailureKind.ACCESS_DENIED;
    }
    if (code.equals("ConflictException")) {
      return FailureKind.CONFLICT;
    }
    return switch (status) {
      case 401, 403 -> FailureKind.ACCESS_DENIED;
      case 408, 425 -> onSilence;
      case 409 -> FailureKind.CONFLICT;
      default -> status >= 400 && status < 500 ? FailureKind.INPUT_REJECTED : onSilence;
    };
  }

  private static PlatformException silence(String what, SdkException e, FailureKind onSilence) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("unable to load credentials")
        || message.contains("unable to load region")) {
      return new PlatformException(
          FailureKind.ACCESS_DENIED,
          what
              + " was not sent: no AWS credentials or no region; set AWS_REGION, AWS_ACCESS_KEY_ID"
              + " and AWS_SECRET_ACCESS_KEY, a profile or a role");
    }
    return new PlatformException(
        onSilence,
        what + " got no answer: " + e.getClass().getSimpleName(),
        0,
        Optional.empty(),
        e);
  }
}
