package io.towpath.activities.submit;

import static io.towpath.activities.submit.FakePlatform.Answer.CONFLICTS;
import static io.towpath.activities.submit.FakePlatform.Answer.EXISTS;
import static io.towpath.activities.submit.FakePlatform.Answer.LOST_AFTER;
import static io.towpath.activities.submit.FakePlatform.Answer.LOST_BEFORE;
import static io.towpath.activities.submit.FakePlatform.Answer.REFUSED;
import static io.towpath.activities.submit.FakePlatform.Answer.THROTTLED;
import static io.towpath.activities.submit.FakePlatform.CLAIM;
import static io.towpath.activities.submit.FakePlatform.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(30)
class SubmitOnceTest {
  private static final Settle SETTLE = Settles.of(Duration.ofMillis(60));

  private final MemoryLedger ledger = new MemoryLedger();
  private final FakePlatform platform = new FakePlatform(true);
  private final SubmitOnce submitOnce = new SubmitOnce(ledger, SETTLE);

  @Test
  void what_is_found_is_adopted_and_nothing_is_sent() {
    platform.made().add("there");

    assertThat(submitOnce.submit(platform)).isEqualTo("there");
    assertThat(platform.sends()).isZero();
    assertThat(ledger.recordedIds()).containsExactly("there");
  }

  @Test
  void a_first_send_is_noted_before_and_its_id_after() {
    assertThat(submitOnce.submit(platform)).isEqualTo("id-1");
    assertThat(platform.sends()).isEqualTo(1);
    assertThat(ledger.intentCount()).isEqualTo(1);
    assertThat(ledger.recordedIds()).containsExactly("id-1");
  }

  @Test
  void an_answer_lost_after_the_commit_is_found_while_settling() {
    platform.answering(LOST_AFTER).hidingFor(2);

    assertThat(submitOnce.submit(platform)).isEqualTo("id-1");
    assertThat(platform.sends()).isEqualTo(1);
  }

  @Test
  void a_send_lost_before_the_commit_is_sent_again_under_a_new_intent() {
    platform.answering(LOST_BEFORE);

    assertThat(submitOnce.submit(platform)).isEqualTo("id-1");
    assertThat(platform.sends()).isEqualTo(2);
    assertThat(ledger.intentCount()).isEqualTo(2);
    assertThat(platform.looks()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void two_unclear_sends_end_the_attempt() {
    platform.answering(LOST_BEFORE, LOST_BEFORE, LOST_BEFORE);

    fails(FailureKind.OUTCOME_UNKNOWN);
    assertThat(platform.sends()).isEqualTo(2);
  }

  @Test
  void a_look_without_an_answer_in_between_does_not_matter() {
    platform.answering(LOST_AFTER).failingLooks(2);

    assertThat(submitOnce.submit(platform)).isEqualTo("id-1");
    assertThat(platform.sends()).isEqualTo(1);
  }

  @Test
  void nothing_is_sent_when_the_last_look_gets_no_answer() {
    platform.answering(LOST_AFTER).failingLooks(100);

    fails(FailureKind.PLATFORM_UNAVAILABLE);
    assertThat(platform.sends()).isEqualTo(1);
  }

  @Test
  void an_orphaned_intent_is_settled_before_anything_is_sent() {
    ledger.orphan(CLAIM, "rnaseq", KEY, Duration.ofSeconds(1));
    platform.made().add("by the one that died");
    platform.hidingFor(3);

    assertThat(submitOnce.submit(platform)).isEqualTo("by the one that died");
    assertThat(platform.sends()).isZero();
  }

  @Test
  void an_intent_beyond_the_horizon_is_never_sent_again_by_itself() {
    ledger.orphan(CLAIM, "rnaseq", KEY, Duration.ofDays(2));

    fails(FailureKind.RUN_STUCK);
    assertThat(platform.sends()).isZero();
  }

  @Test
  void what_had_an_id_and_is_gone_is_never_sent_again_by_itself() {
    ledger.recordId(CLAIM, "rnaseq", KEY, "gone");

    fails(FailureKind.RUN_STUCK);
    assertThat(platform.sends()).isZero();
  }

  @Test
  void what_another_recorded_since_the_look_is_adopted() {
    ledger.recordId(CLAIM, "rnaseq", KEY, "there");
    platform.made().add("there");
    platform.hidingFor(1);

    assertThat(submitOnce.submit(platform)).isEqualTo("there");
    assertThat(platform.sends()).isZero();
  }

  @Test
  void a_refusal_is_handed_on_and_not_looked_up() {
    platform.answering(REFUSED);

    fails(FailureKind.INPUT_REJECTED);
    assertThat(platform.looks()).isEqualTo(1);
  }

  @Test
  void a_throttled_send_is_repeated_without_settling() {
    platform.answering(THROTTLED);

    fails(FailureKind.PLATFORM_UNAVAILABLE);
    assertThat(submitOnce.submit(platform)).isEqualTo("id-1");
    assertThat(platform.looks()).isEqualTo(2);
  }

  @Test
  void another_process_cannot_know_that_a_send_was_throttled_and_settles() {
    platform.answering(THROTTLED);

    fails(FailureKind.PLATFORM_UNAVAILABLE);
    assertThat(new SubmitOnce(ledger, SETTLE).submit(platform)).isEqualTo("id-1");
    assertThat(platform.looks()).isGreaterThan(2);
  }

  @Test
  void a_conflict_is_adopted_when_the_thing_is_there() {
    platform.answering(EXISTS);

    assertThat(submitOnce.submit(platform)).isEqualTo("id-1");
    assertThat(platform.sends()).isEqualTo(1);
  }

  @Test
  void a_conflict_with_something_else_is_refused() {
    platform.answering(CONFLICTS);

    fails(FailureKind.CONFLICT);
    assertThat(platform.sends()).isEqualTo(1);
  }

  @Test
  void a_lost_claim_sends_nothing_and_leaves_no_trace() {
    ledger.loseClaim();

    fails(FailureKind.CLAIM_LOST);
    assertThat(platform.sends()).isZero();
    assertThat(ledger.intentCount()).isZero();
  }

  @Test
  void a_claim_lost_at_the_very_intent_sends_nothing() {
    ledger.beforeNextIntent(ledger::loseClaim);

    fails(FailureKind.CLAIM_LOST);
    assertThat(platform.sends()).isZero();
  }

  @Test
  void two_attempts_at_once_do_not_both_send() {
    ledger.beforeNextIntent(() -> ledger.orphan(CLAIM, "rnaseq", KEY, Duration.ZERO));

    fails(FailureKind.OUTCOME_UNKNOWN);
    assertThat(platform.sends()).isZero();
  }

  @Test
  void an_attempt_that_stood_still_behind_its_intent_does_not_send() {
    Settle silent = granted(new Settle.Limits(Duration.ofMinutes(10), Duration.ZERO));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> new SubmitOnce(ledger, silent).submit(platform))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.OUTCOME_UNKNOWN));
    assertThat(ledger.intentCount()).isEqualTo(1);
    assertThat(platform.sends()).isZero();

    assertThat(submitOnce.submit(platform)).isEqualTo("id-1");
    assertThat(platform.sends()).isEqualTo(1);
  }

  @Test
  void the_quota_is_waited_for_before_anything_is_noted() {
    RateBudget used = new RateBudget(60, Duration.ofMinutes(1), 1);
    used.pause(Duration.ofMinutes(5));

    platform.within(used);
    fails(FailureKind.PLATFORM_UNAVAILABLE);
    assertThat(ledger.intentCount()).isZero();

    RateBudget free = new RateBudget(60, Duration.ofMinutes(1), 1);
    platform.within(free);
    assertThat(submitOnce.submit(platform)).isEqualTo("id-1");
    free.acquire();
  }

  @Test
  void an_attempt_that_slept_past_its_deadline_does_not_send() {
    Settle late = granted(Settle.Limits.of(Duration.ZERO));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> new SubmitOnce(ledger, late).submit(platform))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.OUTCOME_UNKNOWN));
    assertThat(platform.sends()).isZero();
    assertThat(ledger.intentCount()).isZero();
  }

  @Test
  void what_cannot_double_leaves_nothing_in_the_ledger() {
    FakePlatform entities = new FakePlatform(false).answering(LOST_BEFORE);

    assertThat(submitOnce.submit(entities)).isEqualTo("id-1");
    assertThat(ledger.intentCount()).isZero();
    assertThat(ledger.recordedIds()).isEmpty();
  }

  @Test
  void what_cannot_be_looked_up_is_never_sent_again_by_itself() {
    platform.rememberingFor(Duration.ZERO).answering(LOST_AFTER).hidingFor(100);

    fails(FailureKind.RUN_STUCK);
    fails(FailureKind.RUN_STUCK);
    assertThat(platform.sends()).isEqualTo(1);
  }

  @Test
  void what_an_operator_wrote_off_is_sent_once_more_and_no_oftener() {
    platform.rememberingFor(Duration.ZERO).answering(LOST_AFTER, LOST_AFTER).hidingFor(100);
    fails(FailureKind.RUN_STUCK);

    platform.writingOff(1);

    fails(FailureKind.RUN_STUCK);
    fails(FailureKind.RUN_STUCK);
    assertThat(platform.sends()).isEqualTo(2);
  }

  @Test
  void another_process_knows_that_a_send_was_refused_where_no_look_could_tell() {
    platform.rememberingFor(Duration.ZERO).answering(THROTTLED);

    fails(FailureKind.PLATFORM_UNAVAILABLE);
    assertThat(new SubmitOnce(ledger, SETTLE).submit(platform)).isEqualTo("id-1");
  }

  @Test
  void a_claim_lost_after_the_intent_leaves_nothing_that_could_be_taken_for_a_send() {
    platform.rememberingFor(Duration.ZERO);
    ledger.beforeNextIntent(ledger::loseClaim);

    fails(FailureKind.CLAIM_LOST);
    assertThat(ledger.isRefused(CLAIM, "rnaseq", KEY, 1)).isTrue();
  }

  @Test
  void what_another_run_has_just_sent_is_waited_for() {
    ledger.orphan(CLAIM, "rnaseq", KEY, Duration.ZERO);
    platform.made().add("by the other run");
    platform.rememberingFor(Duration.ZERO).hidingFor(2);

    assertThat(submitOnce.submit(platform)).isEqualTo("by the other run");
    assertThat(platform.sends()).isZero();
  }

  @Test
  void settling_heartbeats() {
    AtomicInteger beats = new AtomicInteger();
    Settle settle =
        new Settle(
            Duration.ofMillis(60),
            Duration.ZERO,
            beats::incrementAndGet,
            () -> Settle.Limits.of(Duration.ofMinutes(1)));
    platform.answering(LOST_BEFORE);

    assertThat(new SubmitOnce(ledger, settle).submit(platform)).isEqualTo("id-1");
    assertThat(beats.get()).isPositive();
  }

  private static Settle granted(Settle.Limits limits) {
    return new Settle(Duration.ZERO, Duration.ZERO, () -> {}, () -> limits);
  }

  private void fails(FailureKind kind) {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> submitOnce.submit(platform))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
