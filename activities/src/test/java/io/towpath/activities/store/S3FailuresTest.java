package io.towpath.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

@DisplayNameGeneration(ReplaceUnderscores.class)
class S3FailuresTest {
  private static final S3Uri OBJECT = new S3Uri("s3://bucket/key");

  @ParameterizedTest
  @CsvSource({
    "299, Odd,                PLATFORM_UNAVAILABLE",
    "300, Odd,                INPUT_REJECTED",
    "301, PermanentRedirect,  INPUT_REJECTED",
    "400, RequestTimeout,     PLATFORM_UNAVAILABLE",
    "400, InvalidRequest,     INPUT_REJECTED",
    "401, AccessDenied,       ACCESS_DENIED",
    "403, AccessDenied,       ACCESS_DENIED",
    "403, InvalidObjectState, INPUT_REJECTED",
    "403, RequestTimeTooSkewed, PLATFORM_UNAVAILABLE",
    "404, NoSuchKey,          INPUT_REJECTED",
    "404, NoSuchUpload,       PLATFORM_UNAVAILABLE",
    "409, OperationAborted,   PLATFORM_UNAVAILABLE",
    "412, PreconditionFailed, PLATFORM_UNAVAILABLE",
    "429, TooMany,            PLATFORM_UNAVAILABLE",
    "499, Odd,                INPUT_REJECTED",
    "500, InternalError,      PLATFORM_UNAVAILABLE",
    "503, SlowDown,           PLATFORM_UNAVAILABLE"
  })
  void what_s3_refused_is_judged_by_status_and_code(int status, String code, FailureKind kind) {
    PlatformException failure = S3Failures.of("s3:GetObject", OBJECT, answer(status, code));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure)
        .hasMessageStartingWith(
            "s3:GetObject on s3://bucket/key answered HTTP " + status + " " + code);
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied,       s3:ListBucket",
    "403, InvalidObjectState, restore it first",
    "403, RequestTimeTooSkewed, have it set by NTP",
    "301, PermanentRedirect,  another region",
    "404, NoSuchBucket,       does not exist"
  })
  void the_message_says_what_to_do(int status, String code, String advice) {
    assertThat(S3Failures.of("s3:GetObject", OBJECT, answer(status, code)))
        .hasMessageContaining(advice);
  }

  @Test
  void a_missing_object_needs_no_advice() {
    assertThat(S3Failures.of("s3:GetObject", OBJECT, answer(404, "NoSuchKey")))
        .hasMessageEndingWith("NoSuchKey");
  }

  @Test
  void an_answer_without_a_code_has_an_empty_one_and_its_request_is_named() {
    AwsServiceException bare = S3Exception.builder().statusCode(500).requestId("R1").build();
    AwsServiceException wordless =
        S3Exception.builder().awsErrorDetails(AwsErrorDetails.builder().build()).build();

    assertThat(S3Failures.codeOf(bare)).isEmpty();
    assertThat(S3Failures.codeOf(wordless)).isEmpty();
    assertThat(S3Failures.of("s3:GetObject", OBJECT, bare))
        .hasMessage("s3:GetObject on s3://bucket/key answered HTTP 500 (request id R1)");
  }

  @Test
  void silence_is_tried_again_and_missing_credentials_are_not() {
    assertThat(kindOf("no route to host")).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE);
    assertThat(kindOf("Unable to load credentials from any of the providers"))
        .isEqualTo(FailureKind.ACCESS_DENIED);
  }

  @Test
  void a_call_is_answered_or_its_failure_named() {
    assertThat(S3Failures.asking("s3:GetObject", OBJECT, () -> "bytes")).isEqualTo("bytes");
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(
            () ->
                S3Failures.asking(
                    "s3:GetObject",
                    OBJECT,
                    () -> {
                      throw answer(403, "AccessDenied");
                    }))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.ACCESS_DENIED));
  }

  private static FailureKind kindOf(String message) {
    return S3Failures.of("s3:GetObject", OBJECT, SdkClientException.create(message)).kind();
  }

  private static AwsServiceException answer(int status, String code) {
    return S3Exception.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .build();
  }
}
