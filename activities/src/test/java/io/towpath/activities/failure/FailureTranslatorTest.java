package io.towpath.activities.failure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor.ActivityInput;
import io.temporal.common.interceptors.Header;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class FailureTranslatorTest {
  @ParameterizedTest
  @EnumSource
  void a_platform_failure_keeps_its_kind_and_whether_it_is_repeated(FailureKind kind) {
    ApplicationFailure failure = translated(new PlatformException(kind, "what happened"));

    assertThat(failure.getType()).isEqualTo(kind.name());
    assertThat(failure.isNonRetryable()).isEqualTo(!kind.retryable());
    assertThat(failure.getOriginalMessage()).isEqualTo("what happened");
    assertThat(failure.getStackTrace()).isEmpty();
    assertThat(failure.getCause()).isNull();
  }

  @Test
  void bytes_that_stay_wrong_are_a_persons_business_after_three_attempts() {
    PlatformException wrong = new PlatformException(FailureKind.CHECKSUM_MISMATCH, "other bytes");

    assertThat(translated(FailureTranslator.lasting(wrong, 2)).isNonRetryable()).isFalse();
    ApplicationFailure third = translated(FailureTranslator.lasting(wrong, 3));

    assertThat(third.isNonRetryable()).isTrue();
    assertThat(third.getType()).isEqualTo("CHECKSUM_MISMATCH");
    assertThat(third.getOriginalMessage()).startsWith("other bytes").contains("towpath retry");
  }

  @Test
  void an_attempt_that_a_stopping_worker_ends_is_begun_anew_at_once() {
    ActivityInboundCallsInterceptor stopping =
        new ActivityInboundCallsInterceptor() {
          @Override
          public void init(ActivityExecutionContext context) {}

          @Override
          public ActivityOutput execute(ActivityInput input) {
            throw new ActivityWorkerShutdownException();
          }
        };
    ActivityInput input = new ActivityInput(Header.empty(), new Object[0]);

    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () -> new FailureTranslator().interceptActivity(stopping).execute(input));

    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getCategory()).isEqualTo(ApplicationErrorCategory.BENIGN);
    assertThat(failure.getNextRetryDelay()).isPositive().isLessThan(Duration.ofSeconds(1));
    assertThat(failure.getStackTrace()).isEmpty();
  }

  @Test
  void still_running_and_throttles_are_benign_with_the_delay_they_name() {
    ApplicationFailure running =
        translated(exception(FailureKind.STILL_RUNNING, 0, Duration.ofSeconds(40)));
    ApplicationFailure throttled =
        translated(exception(FailureKind.PLATFORM_UNAVAILABLE, 429, Duration.ofSeconds(7)));
    ApplicationFailure broken =
        translated(exception(FailureKind.PLATFORM_UNAVAILABLE, 503, Duration.ofSeconds(7)));

    assertThat(running.getCategory()).isEqualTo(ApplicationErrorCategory.BENIGN);
    assertThat(running.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(40));
    assertThat(throttled.getCategory()).isEqualTo(ApplicationErrorCategory.BENIGN);
    assertThat(broken.getCategory()).isNotEqualTo(ApplicationErrorCategory.BENIGN);
  }

  @Test
  void a_delay_is_never_zero() {
    assertThat(
            translated(exception(FailureKind.STILL_RUNNING, 0, Duration.ZERO)).getNextRetryDelay())
        .isPositive();
  }

  @Test
  void what_aws_throws_is_judged_by_its_status() {
    assertThat(translated(s3(403, "AccessDenied")).getType()).isEqualTo("ACCESS_DENIED");
    assertThat(translated(s3(400, "ExpiredToken")).getType()).isEqualTo("ACCESS_DENIED");
    assertThat(translated(s3(403, "RequestExpired")).getType()).isEqualTo("PLATFORM_UNAVAILABLE");
    assertThat(translated(s3(404, "NoSuchBucket")).getType()).isEqualTo("INPUT_REJECTED");
    assertThat(translated(s3(401, "Unauthorized")).getType()).isEqualTo("ACCESS_DENIED");
    assertThat(translated(s3(301, "PermanentRedirect")).getType()).isEqualTo("INPUT_REJECTED");
    assertThat(translated(S3Exception.builder().statusCode(404).build()).getType())
        .isEqualTo("INPUT_REJECTED");
    assertThat(translated(s3(500, "InternalError")).getType()).isEqualTo("PLATFORM_UNAVAILABLE");
    assertThat(translated(SdkClientException.create("no route to host")).getType())
        .isEqualTo("PLATFORM_UNAVAILABLE");
    assertThat(translated(s3(503, "SlowDown")).getCategory())
        .isEqualTo(ApplicationErrorCategory.BENIGN);
  }

  @Test
  void bad_values_are_rejected_and_broken_io_is_repeated() {
    assertThat(translated(new IllegalArgumentException("no such thing")).getType())
        .isEqualTo("INPUT_REJECTED");
    assertThat(translated(new UncheckedIOException(new IOException("reset"))).getType())
        .isEqualTo("PLATFORM_UNAVAILABLE");
  }

  @Test
  void a_message_is_cut_where_it_would_fill_the_history() {
    String longest = "a".repeat(2_000);

    assertThat(translated(new IllegalArgumentException(longest)).getOriginalMessage())
        .isEqualTo(longest);
    assertThat(translated(new IllegalArgumentException(longest + "b")).getOriginalMessage())
        .isEqualTo(longest + "…");
    assertThat(translated(new IllegalStateException()).getOriginalMessage())
        .isEqualTo("IllegalStateException");
  }

  @Test
  void a_delay_that_the_platform_names_is_kept_however_short() {
    assertThat(
            translated(exception(FailureKind.STILL_RUNNING, 0, Duration.ofMillis(11)))
                .getNextRetryDelay())
        .isEqualTo(Duration.ofMillis(11));
    assertThat(
            translated(exception(FailureKind.RUN_FAILED, 0, Duration.ofMillis(11)))
                .getNextRetryDelay())
        .as("what is not repeated has none")
        .isNull();
  }

  @Test
  void signed_urls_and_tokens_never_leave() {
    ApplicationFailure failure =
        translated(
            new IllegalStateException(
                "GET https://b.s3.amazonaws.com/k?X-Amz-Signature=0123456789abcdef with Bearer"
                    + " eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"));

    assertThat(failure.getOriginalMessage())
        .contains("https://b.s3.amazonaws.com/k")
        .doesNotContain("0123456789abcdef", "eyJ");
  }

  @Test
  void in_a_real_worker_a_waiting_activity_is_repeated_and_a_refusal_is_not() {
    Asking asking = new Asking();

    assertThat(failureOf(asking).getType()).isEqualTo("RUN_FAILED");
    assertThat(asking.calls.get()).isEqualTo(3);
  }

  @Test
  void in_a_real_worker_wrong_bytes_are_read_three_times_and_then_no_more() {
    AtomicInteger readings = new AtomicInteger();
    Question wrong =
        () -> {
          readings.incrementAndGet();
          throw new PlatformException(FailureKind.CHECKSUM_MISMATCH, "other bytes");
        };

    assertThat(failureOf(wrong).getType()).isEqualTo("CHECKSUM_MISMATCH");
    assertThat(readings.get()).isEqualTo(3);
  }

  @ActivityInterface
  public interface Question {
    void ask();
  }

  /** Still running twice, then failed. */
  public static final class Asking implements Question {
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public void ask() {
      if (calls.incrementAndGet() < 3) {
        throw exception(FailureKind.STILL_RUNNING, 0, Duration.ofSeconds(5));
      }
      throw new PlatformException(FailureKind.RUN_FAILED, "it failed");
    }
  }

  @WorkflowInterface
  public interface UntilEnd {
    @WorkflowMethod
    void run();
  }

  /** Asks without a limit of attempts. */
  public static final class AskUntilEnd implements UntilEnd {
    @Override
    public void run() {
      Workflow.newActivityStub(
              Question.class,
              ActivityOptions.newBuilder()
                  .setStartToCloseTimeout(Duration.ofMinutes(1))
                  .setRetryOptions(RetryOptions.newBuilder().build())
                  .build())
          .ask();
    }
  }

  /** What a workflow that asks without a limit of attempts fails with in the end. */
  private static ApplicationFailure failureOf(Question asking) {
    WorkerFactoryOptions options =
        WorkerFactoryOptions.newBuilder().setWorkerInterceptors(new FailureTranslator()).build();
    try (TestWorkflowEnvironment temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder().setWorkerFactoryOptions(options).build())) {
      Worker worker = temporal.newWorker("test");
      worker.registerWorkflowImplementationTypes(AskUntilEnd.class);
      worker.registerActivitiesImplementations(asking);
      temporal.start();
      UntilEnd workflow =
          temporal
              .getWorkflowClient()
              .newWorkflowStub(
                  UntilEnd.class, WorkflowOptions.newBuilder().setTaskQueue("test").build());

      return applicationFailure(catchThrowableOfType(WorkflowFailedException.class, workflow::run));
    }
  }

  private static ApplicationFailure applicationFailure(WorkflowFailedException e) {
    ActivityFailure activity = requireNonNull((ActivityFailure) e.getCause());
    return requireNonNull((ApplicationFailure) activity.getCause());
  }

  private static ApplicationFailure translated(RuntimeException thrown) {
    return FailureTranslator.translated("Test", thrown);
  }

  private static PlatformException exception(FailureKind kind, int status, Duration delay) {
    return new PlatformException(kind, "message", status, Optional.of(delay), null);
  }

  private static RuntimeException s3(int status, String code) {
    return S3Exception.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(code).build())
        .build();
  }
}
