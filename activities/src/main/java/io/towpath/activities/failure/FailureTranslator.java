package io.towpath.activities.failure;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.Redaction;
import io.towpath.workflows.failure.FailureKind;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Turns what activities throw into Temporal failures whose type is the {@link FailureKind}. They
 * carry no stack trace and no cause: both would go into every history, and causes quote URLs.
 */
public final class FailureTranslator extends WorkerInterceptorBase {
  private static final Logger LOG = LoggerFactory.getLogger(FailureTranslator.class);
  private static final Duration SHORTEST_DELAY = Duration.ofMillis(10);
  private static final int MISMATCHES = 3;
  private static final int MOST_OF_A_MESSAGE = 2_000;

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Inbound(next);
  }

  private static final class Inbound extends ActivityInboundCallsInterceptorBase {
    private String activity = "";
    private int attempt = 1;

    Inbound(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      activity = context.getInfo().getActivityType();
      attempt = context.getInfo().getAttempt();
      super.init(context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      try {
        return super.execute(input);
      } catch (ActivityWorkerShutdownException e) {
        throw handedOver();
      } catch (TemporalFailure | ActivityCompletionException e) {
        throw e;
      } catch (RuntimeException e) {
        throw translated(activity, lasting(e, attempt));
      }
    }
  }

  /** Bytes that were wrong in several attempts are wrong at their source: a person has to look. */
  static RuntimeException lasting(RuntimeException thrown, int attempt) {
    if (attempt < MISMATCHES
        || !(thrown instanceof PlatformException e)
        || e.kind() != FailureKind.CHECKSUM_MISMATCH) {
      return thrown;
    }
    ApplicationFailure failure =
        ApplicationFailure.newNonRetryableFailure(
            words(e)
                + " ("
                + attempt
                + " attempts); compare it with its source, put the right bytes there, then: towpath"
                + " retry",
            e.kind().name());
    failure.setStackTrace(new StackTraceElement[0]);
    return failure;
  }

  static ApplicationFailure translated(String activity, RuntimeException thrown) {
    if (thrown instanceof ApplicationFailure e) {
      return e;
    }
    if (thrown instanceof PlatformException e) {
      return failure(e);
    }
    if (thrown instanceof SdkException e) {
      return failure(AwsFailures.translated(e));
    }
    if (thrown instanceof UncheckedIOException) {
      return failure(new PlatformException(FailureKind.PLATFORM_UNAVAILABLE, words(thrown)));
    }
    if (thrown instanceof IllegalArgumentException) {
      return failure(new PlatformException(FailureKind.INPUT_REJECTED, words(thrown)));
    }
    logOurMistake(activity, thrown);
    return plain(thrown.getClass().getName(), words(thrown), ApplicationFailure.newBuilder());
  }

  private static ApplicationFailure failure(PlatformException e) {
    ApplicationFailure.Builder failure =
        ApplicationFailure.newBuilder().setNonRetryable(!e.kind().retryable());
    Optional<Duration> delay = e.retryAfter();
    if (delay.isPresent() && e.kind().retryable()) {
      failure.setNextRetryDelay(
          delay.get().compareTo(SHORTEST_DELAY) < 0 ? SHORTEST_DELAY : delay.get());
    }
    boolean throttled = e.kind() == FailureKind.PLATFORM_UNAVAILABLE && e.status() == 429;
    if (throttled || e.kind() == FailureKind.STILL_RUNNING) {
      failure.setCategory(ApplicationErrorCategory.BENIGN);
    }
    return plain(e.kind().name(), words(e), failure);
  }

  /**
   * A heartbeat of a worker that stops ends the attempt, wherever it is. The next one need not
   * wait: a poll's hundredth attempt would have the longest delay of its policy.
   */
  static ApplicationFailure handedOver() {
    return plain(
        FailureKind.PLATFORM_UNAVAILABLE.name(),
        "the worker was stopped; another one goes on",
        ApplicationFailure.newBuilder()
            .setCategory(ApplicationErrorCategory.BENIGN)
            .setNextRetryDelay(SHORTEST_DELAY));
  }

  private static ApplicationFailure plain(
      String type, String message, ApplicationFailure.Builder builder) {
    ApplicationFailure failure = builder.setType(type).setMessage(message).build();
    failure.setStackTrace(new StackTraceElement[0]);
    return failure;
  }

  private static String words(Throwable thrown) {
    String message = thrown.getMessage();
    String words = Redaction.of(message == null ? thrown.getClass().getSimpleName() : message);
    return words.length() <= MOST_OF_A_MESSAGE
        ? words
        : words.substring(0, MOST_OF_A_MESSAGE) + "…";
  }

  /** A mistake of ours needs its stack trace, in the log and without the message's secrets. */
  private static void logOurMistake(String activity, RuntimeException thrown) {
    RuntimeException shown =
        new RuntimeException(thrown.getClass().getName() + ": " + words(thrown));
    shown.setStackTrace(thrown.getStackTrace());
    LOG.error("activity {} failed in a way that it should not", activity, shown);
  }
}
