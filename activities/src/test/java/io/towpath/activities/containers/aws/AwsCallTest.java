package io.towpath.activities.containers.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AwsCallTest {
  @ParameterizedTest
  @CsvSource({
    "400, AccessDeniedException, ACCESS_DENIED",
    "400, ThrottlingException,   PLATFORM_UNAVAILABLE",
    "403, RequestExpired,        PLATFORM_UNAVAILABLE",
    "400, ClientException,       INPUT_REJECTED",
    "500, ServerException,       OUTCOME_UNKNOWN"
  })
  void what_a_call_that_makes_something_is_answered_is_judged_by_its_code(
      int status, String code, FailureKind kind) {
    AwsServiceException answer =
        AwsServiceException.builder()
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("no").build())
            .build();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(
            () ->
                AwsCall.once(
                    "SubmitJob",
                    () -> {
                      throw answer;
                    }))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
        .withMessage("SubmitJob answered HTTP " + status + " " + code + ": no");
  }
}
