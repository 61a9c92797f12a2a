package io.towpath.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.sandbox.control.Fault;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.ledger.ClaimRequest;
import io.towpath.workflows.ledger.KeyState;
import io.towpath.workflows.ledger.Refusal;
import io.towpath.workflows.ledger.Rerun;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SpecDigest;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class LedgerSurveyIT {
  private static final Map<String, Object> RESOLVED = Map.of("manifest", "syn");

  private S3Sandbox s3;
  private PageRunner pages;
  private Ledger ledger;
  private LedgerActivitiesImpl activities;
  private int tests;

  @BeforeAll
  void start() {
    s3 = new S3Sandbox();
    pages = new PageRunner();
  }

  @AfterAll
  void stop() {
    pages.close();
    s3.close();
  }

  @BeforeEach
  void another_ledger() {
    s3.spare();
    ledger = new Ledger(s3.clients(), new S3Uri("s3://" + S3Sandbox.BUCKET + "/survey" + ++tests));
    activities = new LedgerActivitiesImpl(ledger, () -> "here");
  }

  @Test
  void keys_are_open_until_their_newest_generation_has_a_result() {
    Claim done = claim("round-trip/syn1.1/reads", "run-1");
    activities.recordResult(done, Map.of("outcome", "FAILED"));
    Claim again = claim("round-trip/syn2.1/reads", "run-2");
    activities.recordResult(again, Map.of("outcome", "FAILED"));
    claim("round-trip/syn2.1/reads", "run-3");
    claim("round-trip/syn2.2/reads", "run-4");

    assertThat(survey("syn1", "syn2"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "round-trip/syn1.1/reads", KeyState.ENDED,
                "round-trip/syn2.1/reads", KeyState.OPEN,
                "round-trip/syn2.2/reads", KeyState.OPEN));
  }

  @Test
  void other_entities_recipes_and_etls_do_not_count() {
    claim("round-trip/syn1.1/reads", "run-1");
    claim("round-trip/syn11.1/reads", "run-2");
    claim("round-trip/syn1.2/reads2", "run-3");
    claim("cavatica-drs/syn1.3/reads", "run-4");

    assertThat(survey("syn1")).containsOnlyKeys("round-trip/syn1.1/reads");
  }

  @Test
  void a_refusal_is_no_claim_and_a_claim_ends_it() {
    String key = "round-trip/syn1.1/reads";
    activities.refuse(key, new Refusal("line 2: nothing", "scan-1"));

    assertThat(survey("syn1")).containsEntry(key, KeyState.REFUSED);
    assertThat(activities.look(key).generation()).isZero();
    assertThat(activities.look(key).entries()).isEmpty();
    assertThat(claim(key, "run-1")).isEqualTo(new Claim(key, 1, 1));
    assertThat(survey("syn1")).containsEntry(key, KeyState.OPEN);
  }

  @Test
  void of_two_scans_the_first_reports_a_refusal_also_when_its_answer_was_lost() {
    String key = "round-trip/syn1.1/reads";
    s3.strike("PUT object", 1, key + "/refused", Fault.Kind.DROP_AFTER_COMMIT, 0);

    assertThat(activities.refuse(key, new Refusal("line 2: nothing", "scan-1"))).isTrue();
    assertThat(activities.refuse(key, new Refusal("line 2: nothing", "scan-2"))).isFalse();
    assertThat(activities.refuse(key, new Refusal("line 2: nothing", "scan-1"))).isTrue();
  }

  private Map<String, KeyState> survey(String... entities) {
    return new LedgerSurvey(ledger, pages).roundTrips(Set.of(entities), "reads", () -> {});
  }

  private Claim claim(String key, String run) {
    return activities
        .claim(
            new ClaimRequest(
                key, SpecDigest.of(RESOLVED), RESOLVED, key, run, Rerun.IF_FAILED, false, false))
        .claim()
        .orElseThrow();
  }
}
