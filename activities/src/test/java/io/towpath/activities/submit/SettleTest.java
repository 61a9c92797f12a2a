package io.towpath.activities.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long something is looked for, and when it is too late to send it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
class SettleTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void after_a_cancel_it_looks_three_times_as_long_and_at_least_as_long_as_a_call_lasts() {
    assertThat(settle(MINUTE, Duration.ofMinutes(2)).afterCancel())
        .isEqualTo(Duration.ofMinutes(3));
    assertThat(settle(MINUTE, Duration.ofMinutes(4)).afterCancel())
        .isEqualTo(Duration.ofMinutes(4));
    assertThat(settle(MINUTE, MINUTE).total()).isEqualTo(MINUTE);
  }

  @Test
  void a_refused_look_ends_the_looking_at_once() {
    AtomicInteger looks = new AtomicInteger();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(
            () ->
                settle(Duration.ofMillis(4), MINUTE)
                    .lookAgain(
                        () -> {
                          looks.incrementAndGet();
                          throw new PlatformException(FailureKind.ACCESS_DENIED, "no");
                        }));
    assertThat(looks).hasValue(1);
  }

  @Test
  void who_is_interrupted_while_waiting_does_not_know_the_outcome() {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> settle(MINUTE, MINUTE).lookAgain(Optional::empty))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.OUTCOME_UNKNOWN));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void an_attempt_may_send_until_its_time_is_over() {
    assertThatNoException().isThrownBy(() -> new Deadline(MINUTE).requireTimeLeft("step a"));
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> new Deadline(Duration.ZERO).requireTimeLeft("step a"))
        .withMessageStartingWith("step a was not sent");
  }

  @Test
  void an_attempt_beats_and_has_what_is_left_of_its_time() {
    AtomicInteger beats = new AtomicInteger();
    Attempt attempt = new Attempt(3, MINUTE, beats::incrementAndGet);

    attempt.heartbeat();

    assertThat(attempt.number()).isEqualTo(3);
    assertThat(beats).hasValue(1);
    assertThat(attempt.settle(MINUTE).begin().passed()).isFalse();
    assertThat(new Attempt(1, Duration.ZERO, () -> {}).settle(MINUTE).begin().passed()).isTrue();
  }

  @Test
  void what_a_name_hides_is_to_be_looked_for_again() {
    PlatformException taken =
        new PlatformException(FailureKind.CONFLICT, "HTTP 409", 409, Optional.of(MINUTE), null);

    PlatformException hidden = Hidden.because(taken);

    assertThat(hidden.kind()).isEqualTo(FailureKind.OUTCOME_UNKNOWN);
    assertThat(hidden.status()).isEqualTo(409);
    assertThat(hidden.retryAfter()).contains(MINUTE);
    assertThat(hidden).hasMessageStartingWith("HTTP 409; ");
  }

  @Test
  void an_effect_that_cannot_double_is_known_by_its_step_item_and_generation() {
    Claim claim = new Claim("round-trip/syn1.1/test", 1, 1);
    Once<Integer> once = new Once<>(claim, "file", "a", () -> Optional.of(1), () -> 2);

    assertThat(once.claim()).isEqualTo(claim);
    assertThat(once.step()).isEqualTo("file");
    assertThat(once.canDouble()).isFalse();
    assertThat(once.find()).contains(1);
    assertThat(once.send()).isEqualTo(2);
    assertThat(once.idOf(2)).isEqualTo("2");
    assertThat(once.horizon()).isGreaterThan(Duration.ofDays(365));
    assertThat(once.key())
        .isEqualTo(Once.key(claim, "file", "a"))
        .isNotEqualTo(Once.key(claim, "file", "b"))
        .isNotEqualTo(Once.key(new Claim(claim.businessKey(), 2, 1), "file", "a"));
  }

  private static Settle settle(Duration total, Duration callTimeout) {
    return new Settle(total, callTimeout, () -> {}, () -> Settle.Limits.of(MINUTE));
  }
}
