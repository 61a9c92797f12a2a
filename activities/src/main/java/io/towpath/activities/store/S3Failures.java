package io.towpath.activities.store;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Says in our words what S3 refused. Every call here may be repeated without harm, so silence is
 * {@code PLATFORM_UNAVAILABLE}.
 */
public final class S3Failures {
  private S3Failures() {}

  /**
   * Makes a call and names its failure.
   *
   * @param action the IAM action that the call needs, such as {@code s3:GetObject}
   * @param uri what the call is about
   */
  public static <T> T asking(String action, S3Uri uri, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw of(action, uri, e);
    }
  }

  /** The failure that {@code e} is, for a call that needs {@code action} on {@code uri}. */
  public static PlatformException of(String action, S3Uri uri, SdkException e) {
    if (e instanceof AwsServiceException service) {
      return refused(action, uri, service);
    }
    if (noCredentials(e)) {
      return new PlatformException(
          FailureKind.ACCESS_DENIED,
          "no AWS credentials were found for "
              + uri
              + "; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile or a role",
          0,
          Optional.empty(),
          e);
    }
    return new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE,
        action + " on " + uri + " got no answer: " + e.getClass().getSimpleName(),
        0,
        Optional.empty(),
        e);
  }

  /** The store's error code, such as {@code NoSuchKey}; empty where it gave none. */
  public static String codeOf(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }

  private static PlatformException refused(String action, S3Uri uri, AwsServiceException e) {
    String code = codeOf(e);
    StringBuilder text = new StringBuilder(action).append(" on ").append(uri);
    text.append(" answered HTTP ").append(e.statusCode());
    if (!code.isEmpty()) {
      text.append(' ').append(code);
    }
    if (e.requestId() != null) {
      text.append(" (request id ").append(e.requestId()).append(')');
    }
    // The SDK reads the time in this answer, and signs the next call by it.
    boolean skewed = e.isClockSkewException();
    text.append(
        skewed
            ? "; the worker's clock is wrong: have it set by NTP"
            : advice(action, uri, e.statusCode(), code));
    return new PlatformException(
        skewed ? FailureKind.PLATFORM_UNAVAILABLE : kindOf(e.statusCode(), code),
        text.toString(),
        e.statusCode(),
        Optional.empty(),
        e);
  }

  private static String advice(String action, S3Uri uri, int status, String code) {
    if (code.equals("InvalidObjectState")) {
      return "; the object is archived: restore it first";
    }
    return switch (status) {
      case 401, 403 ->
          "; the worker's credentials need "
              + action
              + " (and s3:ListBucket, without which a missing object looks forbidden)";
      case 301, 307 -> "; the bucket \"" + uri.bucket() + "\" lies in another region";
      case 404 ->
          code.equals("NoSuchBucket") ? "; the bucket \"" + uri.bucket() + "\" does not exist" : "";
      default -> "";
    };
  }

  private static FailureKind kindOf(int status, String code) {
    if (code.equals("InvalidObjectState")) {
      return FailureKind.INPUT_REJECTED;
    }
    return switch (code) {
      case "RequestTimeout", "SlowDown", "Throttling", "NoSuchUpload", "OperationAborted" ->
          FailureKind.PLATFORM_UNAVAILABLE;
      default ->
          switch (status) {
            case 401, 403 -> FailureKind.ACCESS_DENIED;
            case 408, 409, 412, 425, 429 -> FailureKind.PLATFORM_UNAVAILABLE;
            default ->
                status >= 300 && status < 500
                    ? FailureKind.INPUT_REJECTED
                    : FailureKind.PLATFORM_UNAVAILABLE;
          };
    };
  }

  private static boolean noCredentials(SdkException e) {
    String message = e.getMessage();
    return message != null
        && message.toLowerCase(Locale.ROOT).contains("unable to load credentials");
  }
}
