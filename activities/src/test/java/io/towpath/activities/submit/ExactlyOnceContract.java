package io.towpath.activities.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every adapter shows of each of its creating calls: one effect, whatever happens to the call.
 * A subclass wires one adapter to one stand-in for each test.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
public abstract class ExactlyOnceContract {
  private static final int ATTEMPTS = 6;

  /** The settle time that the adapter under test is to use. */
  protected static final java.time.Duration SETTLE_TIME = java.time.Duration.ofMillis(600);

  /** When a late commit happens: within the settle time. */
  protected static final java.time.Duration LATE = java.time.Duration.ofMillis(250);

  /** What happens to the creating call. */
  public enum Fault {
    /** The connection is reset before the request is read. */
    REFUSE,
    /** The request is read, the connection closed, nothing is made. */
    DROP_BEFORE_COMMIT,
    /** It is made, and the connection closed. */
    DROP_AFTER_COMMIT,
    /** The connection is closed, and it is made {@link #LATE} later. */
    LATE_COMMIT,
    /** It is made, and a gateway answers 502 with HTML. */
    BAD_GATEWAY_AFTER_COMMIT,
    /** It is made, and the answer is cut in the middle. */
    TRUNCATED,
    /** Nothing is made; 503 with {@code Retry-After: 0}, which OkHttp would send again itself. */
    UNAVAILABLE_AT_ONCE,
    /** It is made, and 503 with {@code Retry-After: 0} answered. */
    UNAVAILABLE_AFTER_COMMIT,
    /** Nothing is made; 408, which OkHttp would send again itself. */
    REQUEST_TIMEOUT,
    /** Nothing is made; 429. */
    THROTTLED
  }

  /** The next {@code times} creating calls meet this fault. */
  protected abstract void strike(Fault fault, int times);

  /** Asks the adapter for the effect, always the same one, and returns its platform id. */
  protected abstract String submit();

  /** How many of the effect were made on the platform. */
  protected abstract int effects();

  /** How many creating calls reached the platform, also those that it refused. */
  protected abstract int calls();

  /** How many creating calls one attempt may send: each of them settled before the next. */
  protected int sendsPerAttempt() {
    return 2;
  }

  @ParameterizedTest
  @EnumSource
  void one_effect(Fault fault) {
    strike(fault, 1);

    String id = submitAsTemporalDoes();

    assertThat(effects()).isEqualTo(1);
    assertThat(submit()).isEqualTo(id);
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void without_a_fault_one_call_is_sent() {
    String id = submit();

    assertThat(calls()).isEqualTo(1);
    assertThat(submit()).isEqualTo(id);
    assertThat(calls()).isEqualTo(1);
  }

  /** The client under the adapter must not send a call again by itself. */
  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE_AT_ONCE", "DROP_BEFORE_COMMIT", "REQUEST_TIMEOUT"})
  void an_attempt_sends_no_more_than_it_settles(Fault fault) {
    strike(fault, 1_000);

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(this::submit)
        .satisfies(e -> assertThat(e.kind().retryable()).isTrue());

    assertThat(calls()).isBetween(1, sendsPerAttempt());
    assertThat(effects()).isZero();
  }

  @Test
  protected void what_was_made_is_not_sent_again_after_a_lost_answer() {
    strike(Fault.DROP_AFTER_COMMIT, 1_000);

    String id = submitAsTemporalDoes();

    assertThat(id).isNotEmpty();
    assertThat(calls()).isEqualTo(1);
    assertThat(effects()).isEqualTo(1);
  }

  /** Asks again as long as it may help. */
  protected final String submitAsTemporalDoes() {
    for (int attempt = 1; ; attempt++) {
      try {
        return submit();
      } catch (PlatformException e) {
        if (!e.kind().retryable() || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
