package io.towpath.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.activities.submit.Outcomes;
import io.towpath.sandbox.control.Fault;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.ledger.ClaimDecision;
import io.towpath.workflows.ledger.ClaimDecision.Difference;
import io.towpath.workflows.ledger.ClaimDecision.Verdict;
import io.towpath.workflows.ledger.ClaimRequest;
import io.towpath.workflows.ledger.LedgerView;
import io.towpath.workflows.ledger.Rerun;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SpecDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class LedgerIT {
  private static final RunKey KEY = new RunKey("abcdefghijklm");

  private S3Sandbox s3;
  private Ledger ledger;
  private LedgerEffects effects;
  private String businessKey = "";
  private int tests;

  @BeforeAll
  void start() {
    s3 = new S3Sandbox();
    ledger = new Ledger(s3.clients(), new S3Uri("s3://" + S3Sandbox.BUCKET + "/ledger"));
    effects = new LedgerEffects(ledger);
  }

  @AfterAll
  void stop() {
    s3.close();
  }

  @BeforeEach
  void another_key() {
    s3.spare();
    businessKey = "round-trip/syn51514475." + ++tests + "/rnaseq";
  }

  @Test
  void reading_a_free_key_writes_nothing() {
    assertThat(here().read(request("run-1", 1)).verdict()).isEqualTo(Verdict.FREE);
    assertThat(here().look(businessKey).entries()).isEmpty();
    assertThat(here().look(businessKey).generation()).isZero();
  }

  @Test
  void the_same_run_gets_the_same_claim_again() {
    ClaimDecision first = here().claim(request("run-1", 1));
    ClaimDecision again = here().claim(request("run-1", 1));

    assertThat(first.claim()).contains(new Claim(businessKey, 1, 1));
    assertThat(first.previousGeneration()).isEmpty();
    assertThat(again).isEqualTo(first);
    assertThat(here().look(businessKey).entries()).containsExactly("g1/claim");
  }

  @Test
  void whoever_comes_later_reads_what_was_begun_and_notes_a_stop_without_the_claim() {
    Claim claim = here().claim(request("run-1", 1)).claim().orElseThrow();
    RunKey other = new RunKey("bcdefghijklmn");
    effects.writeIntent(claim, "process-a.b", KEY, 1);
    effects.writeIntent(claim, "process-a.b", KEY, 2);
    effects.writeIntent(claim, "process", other, 1);
    effects.recordId(claim, "process", other, "id-of-it");
    here().claim(request("run-2", 1));

    assertThat(effects.newest(businessKey)).hasValue(1);
    assertThat(effects.begun(businessKey, 1))
        .containsExactlyInAnyOrder(new Outcomes.Begun(KEY, false), new Outcomes.Begun(other, true));
    assertThat(effects.begun(businessKey, 2)).isEmpty();
    effects.note(businessKey, 1, "stop-" + KEY, Map.of("key", KEY.value()));
    effects.note(businessKey, 1, "stop-" + KEY, Map.of("key", "another"));
    assertThat(effects.outcome(businessKey, 1, "stop-" + KEY)).contains(Map.of("key", KEY.value()));
    assertThat(effects.newest(businessKey + "-free")).isEmpty();
  }

  @Test
  void of_sixteen_that_claim_at_once_one_wins() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Future<Verdict>> answers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      LedgerActivitiesImpl elsewhere = in("namespace-" + i);
      ClaimRequest request = request("run-" + i, 1);
      answers.add(threads.submit(() -> verdictOf(elsewhere, request)));
    }
    List<Verdict> verdicts = new ArrayList<>();
    for (Future<Verdict> answer : answers) {
      verdicts.add(answer.get());
    }
    threads.shutdown();

    assertThat(verdicts).filteredOn(Verdict.CLAIMED::equals).hasSize(1);
    assertThat(here().look(businessKey).entries()).containsExactly("g1/claim");
  }

  @Test
  void taking_over_keeps_the_generation_and_ends_the_old_claim() {
    Claim old = here().claim(request("run-1", 1)).claim().orElseThrow();
    effects.requireHeld(old);
    Claim taken = here().claim(request("run-2", 1)).claim().orElseThrow();

    assertThat(taken).isEqualTo(new Claim(businessKey, 1, 2));
    effects.requireHeld(taken);
    assertThatThrownBy(() -> effects.requireHeld(old))
        .isInstanceOfSatisfying(
            PlatformException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CLAIM_LOST));
    assertThatThrownBy(() -> here().recordResult(old, Map.of("outcome", "FAILED")))
        .isInstanceOf(PlatformException.class);
    assertThat(here().look(businessKey).outcome()).isEmpty();
  }

  @Test
  void a_holder_of_another_namespace_needs_the_operators_word() {
    here().claim(request("run-1", 1));

    ClaimDecision refused = in("other").claim(request("run-9", 1));
    assertThat(refused.verdict()).isEqualTo(Verdict.CONFLICT);
    assertThat(refused.reason()).contains("run-1", "namespace-here", "--take-over");

    ClaimRequest word =
        new ClaimRequest(
            businessKey,
            digest(1),
            resolved(1),
            businessKey,
            "run-9",
            Rerun.IF_FAILED,
            true,
            false);
    assertThat(in("other").claim(word).claim()).contains(new Claim(businessKey, 1, 2));
  }

  @Test
  void success_is_done_for_the_same_request_and_a_conflict_for_another() {
    Claim claim = here().claim(request("run-1", 1)).claim().orElseThrow();
    here().recordResult(claim, Map.of("outcome", "SUCCEEDED", "staged", 3));

    ClaimDecision done = here().claim(request("run-2", 1));
    assertThat(done.verdict()).isEqualTo(Verdict.DONE);
    assertThat(done.firstReport()).contains(Map.of("outcome", "SUCCEEDED", "staged", 3));

    ClaimDecision conflict = here().claim(request("run-2", 2));
    assertThat(conflict.verdict()).isEqualTo(Verdict.CONFLICT);
    assertThat(conflict.differences())
        .containsExactly(
            new Difference("runs[0].params.n", "1", "2"),
            new Difference("runs[0].profiles", "[\"p1\"]", "[\"p1\",\"p2\"]"));
    assertThat(here().look(businessKey).entries()).containsExactly("g1/claim", "g1/result");
  }

  @Test
  void after_a_failure_the_next_generation_opens_and_names_the_old_one() {
    Claim claim = here().claim(request("run-1", 1)).claim().orElseThrow();
    here().recordResult(claim, Map.of("outcome", "FAILED"));

    assertThat(here().read(request("run-2", 2)).verdict()).isEqualTo(Verdict.FREE);
    ClaimDecision next = here().claim(request("run-2", 2));
    assertThat(next.claim()).contains(new Claim(businessKey, 2, 1));
    assertThat(next.previousGeneration()).contains(1);
    assertThat(here().claim(request("run-2", 2))).isEqualTo(next);
    assertThatThrownBy(() -> effects.requireHeld(claim)).isInstanceOf(PlatformException.class);
    LedgerView view = here().look(businessKey);
    assertThat(view.entries())
        .containsExactlyInAnyOrder("g1/claim", "g1/result", "g1/holder-2", "g2/claim");
    assertThat(view.generation()).isEqualTo(2);
    assertThat(view.digest()).contains(digest(2).value());
    assertThat(view.outcome()).isEmpty();
  }

  @Test
  void a_generation_is_opened_by_the_next_one_when_its_opener_died_before_its_claim() {
    Claim claim = here().claim(request("run-1", 1)).claim().orElseThrow();
    here().recordResult(claim, Map.of("outcome", "FAILED"));
    s3.strike("PUT object", 1, businessKey + "/g2/claim", Fault.Kind.REFUSE, 0);

    assertThatThrownBy(() -> here().claim(request("run-2", 1)))
        .isInstanceOf(PlatformException.class);
    assertThat(here().claim(request("run-2", 1)).claim()).contains(new Claim(businessKey, 2, 1));
    assertThatThrownBy(() -> effects.requireHeld(claim)).isInstanceOf(PlatformException.class);
  }

  @Test
  void only_the_business_id_may_claim() {
    ClaimRequest foreign =
        new ClaimRequest(
            businessKey, digest(1), resolved(1), "my-run", "run-1", Rerun.IF_FAILED, false, false);

    assertThat(here().read(foreign).verdict()).isEqualTo(Verdict.FREE);
    assertThatThrownBy(() -> here().claim(foreign)).isInstanceOf(PlatformException.class);
  }

  @Test
  void outcomes_and_results_are_recorded_once() {
    Claim claim = here().claim(request("run-1", 1)).claim().orElseThrow();

    assertThat(here().outcome(businessKey, 1, "run/of .. hell")).isEmpty();
    here().recordOutcome(claim, "run/of .. hell", Map.of("status", "FAILED"));
    assertThat(here().recordOutcome(claim, "run/of .. hell", Map.of("status", "SUCCEEDED")))
        .isEqualTo(Map.of("status", "FAILED"));
    assertThat(here().outcome(businessKey, 1, "run/of .. hell"))
        .contains(Map.of("status", "FAILED"));
    here().recordResult(claim, Map.of("outcome", "CANCELLED"));
    assertThat(here().recordResult(claim, Map.of("outcome", "SUCCEEDED")))
        .isEqualTo(Map.of("outcome", "CANCELLED"));
  }

  @Test
  void intents_are_counted_by_step_and_key() {
    Claim claim = here().claim(request("run-1", 1)).claim().orElseThrow();
    RunKey other = new RunKey("nopqrstuvwxyz");

    assertThat(effects.writeIntent(claim, "rnaseq", KEY, 1)).isTrue();
    assertThat(effects.writeIntent(claim, "rnaseq", KEY, 1)).isFalse();
    assertThat(effects.writeIntent(claim, "rnaseq", KEY, 2)).isTrue();
    assertThat(effects.writeIntent(claim, "rnaseq", other, 1)).isTrue();
    assertThat(effects.intents(claim, "rnaseq", KEY)).hasSize(2);
    assertThat(effects.intents(claim, "rna", KEY)).isEmpty();

    assertThat(effects.idRecorded(claim, "rnaseq", KEY)).isFalse();
    effects.recordId(claim, "rnaseq", KEY, "3xWfLk");
    effects.recordId(claim, "rnaseq", KEY, "3xWfLk");
    assertThat(effects.idRecorded(claim, "rnaseq", KEY)).isTrue();
    assertThat(effects.idRecorded(claim, "rnaseq", other)).isFalse();
  }

  @Test
  void keys_below_a_key_are_not_its_entries() {
    here().claim(request("run-1", 1));
    String below = businessKey + "/g1";
    here()
        .claim(
            new ClaimRequest(
                below, digest(1), resolved(1), below, "run-1", Rerun.IF_FAILED, false, false));

    assertThat(here().look(businessKey).entries()).containsExactly("g1/claim");
    assertThat(here().look(below).entries()).containsExactly("g1/claim");
  }

  @Test
  void keys_that_are_no_path_are_refused() {
    for (String bad : List.of("", "a//b", "/a", "a/../b", "a/.")) {
      assertThatThrownBy(() -> here().look(bad))
          .isInstanceOfSatisfying(
              PlatformException.class,
              e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED));
    }
  }

  @Test
  void a_store_that_answers_412_can_hold_a_ledger() {
    ledger.probe();
    ledger.probe();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {"DROP_AFTER_COMMIT", "STATUS_AFTER_COMMIT", "TRUNCATE"})
  void an_entry_whose_reply_is_lost_is_known_by_its_nonce(Fault.Kind kind) {
    s3.strike("PUT object", 1, businessKey + "/g1/claim", kind, 503);
    Claim claim = here().claim(request("run-1", 1)).claim().orElseThrow();
    s3.strike("PUT object", 1, businessKey + "/g1/rnaseq", kind, 503);
    assertThat(effects.intents(claim, "rnaseq", KEY)).isEmpty();
    boolean own = effects.writeIntent(claim, "rnaseq", KEY, 1);

    assertThat(s3.struck()).isEqualTo(2);
    assertThat(own).isTrue();
    assertThat(effects.intents(claim, "rnaseq", KEY)).hasSize(1);
    assertThat(s3.effects("PUT object", businessKey)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {"DROP_BEFORE_COMMIT", "HTML"})
  void an_entry_that_was_not_written_is_asked_for_again_by_the_next_attempt(Fault.Kind kind) {
    s3.strike("PUT object", 1, businessKey, kind, 0);

    assertThatThrownBy(() -> here().claim(request("run-1", 1)))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE));
    assertThat(here().claim(request("run-1", 1)).claim()).contains(new Claim(businessKey, 1, 1));
  }

  @Test
  void a_look_that_a_proxy_answers_tells_nothing() {
    Claim claim = here().claim(request("run-1", 1)).claim().orElseThrow();
    s3.strike("HEAD object", 9, businessKey, Fault.Kind.HTML, 0);

    assertThatThrownBy(() -> effects.requireHeld(claim))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE));

    s3.spare();
    effects.requireHeld(claim);
  }

  @Test
  void a_worker_starts_although_a_call_of_its_probe_got_no_answer() {
    s3.strike("PUT object", 1, "ledger/probe", Fault.Kind.DROP_AFTER_COMMIT, 0);
    s3.strike("PUT object", 1, "ledger/probe", Fault.Kind.STATUS, 503);

    ledger.probe();
  }

  @Test
  void a_store_that_overwrites_is_refused() {
    s3.strike("PUT object", 2, "ledger/probe", Fault.Kind.STATUS, 200);

    assertThatThrownBy(ledger::probe).hasMessageContaining("If-None-Match");
  }

  private static Verdict verdictOf(LedgerActivitiesImpl ledger, ClaimRequest request) {
    while (true) {
      try {
        return ledger.claim(request).verdict();
      } catch (PlatformException e) {
        assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE);
      }
    }
  }

  private LedgerActivitiesImpl here() {
    return in("namespace-here");
  }

  private LedgerActivitiesImpl in(String namespace) {
    return new LedgerActivitiesImpl(ledger, () -> namespace);
  }

  private ClaimRequest request(String firstRunId, int variant) {
    return new ClaimRequest(
        businessKey,
        digest(variant),
        resolved(variant),
        businessKey,
        firstRunId,
        Rerun.IF_FAILED,
        false,
        false);
  }

  private static SpecDigest digest(int variant) {
    return SpecDigest.of(resolved(variant));
  }

  private static Map<String, Object> resolved(int variant) {
    List<String> profiles = variant == 1 ? List.of("p1") : List.of("p1", "p" + variant);
    return Map.of(
        "runs", List.of(Map.of("params", Map.of("n", variant), "profiles", profiles)),
        "workspace", Optional.of("org/name"));
  }
}
