package io.towpath.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.ledger.ClaimRules.Move;
import io.towpath.workflows.ledger.ClaimRequest;
import io.towpath.workflows.ledger.Rerun;
import io.towpath.workflows.model.SpecDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
final class ClaimRulesTest {
  private static final SpecDigest FIRST = SpecDigest.of(Map.of("a", 1));
  private static final SpecDigest OTHER = SpecDigest.of(Map.of("a", 2));

  @Test
  void a_key_that_nobody_claimed_is_open() {
    assertThat(ClaimRules.decide(Optional.empty(), request(FIRST, "never", false), me()))
        .isEqualTo(Move.OPEN);
  }

  @ParameterizedTest(name = "{0} with digest {1} and rerun {2}: {3}")
  @CsvSource({
    "SUCCEEDED,               same,  ifFailed, DONE",
    "SUCCEEDED,               same,  never,    DONE",
    "SUCCEEDED,               same,  always,   OPEN",
    "SUCCEEDED,               other, ifFailed, OTHER_REQUEST",
    "SUCCEEDED,               other, never,    OTHER_REQUEST",
    "SUCCEEDED,               other, always,   OPEN",
    "SUCCEEDED_WITH_WARNINGS, same,  ifFailed, DONE",
    "SUCCEEDED_WITH_WARNINGS, other, ifFailed, OTHER_REQUEST",
    "FAILED,                  same,  ifFailed, OPEN",
    "FAILED,                  other, ifFailed, OPEN",
    "FAILED,                  same,  always,   OPEN",
    "FAILED,                  other, always,   OPEN",
    "FAILED,                  same,  never,    DONE",
    "FAILED,                  other, never,    OTHER_REQUEST",
    "PARTIAL,                 same,  ifFailed, OPEN",
    "PARTIAL,                 other, ifFailed, OPEN",
    "PARTIAL,                 same,  never,    DONE",
    "CANCELLED,               same,  ifFailed, OPEN",
    "CANCELLED,               other, ifFailed, OPEN",
    "CANCELLED,               other, never,    OTHER_REQUEST"
  })
  void a_finished_generation(String outcome, String digest, String rerun, Move move) {
    Optional<Generation> finished =
        Optional.of(
            generation(
                new Holder("elsewhere", "key", "run-0"), Optional.of(Map.of("outcome", outcome))));

    assertThat(ClaimRules.decide(finished, request(digest(digest), rerun, false), me()))
        .isEqualTo(move);
  }

  @ParameterizedTest(name = "preliminary {0} with digest {1} and rerun {2}: {3}")
  @CsvSource({
    "true,  same,  ifFailed, DONE",
    "true,  other, ifFailed, OPEN",
    "false, same,  ifFailed, OPEN",
    "false, other, ifFailed, OPEN",
    "false, same,  never,    DONE",
    "false, other, never,    OTHER_REQUEST"
  })
  void a_generation_that_stopped_before_the_end_on_purpose(
      boolean again, String digest, String rerun, Move move) {
    Map<String, Object> report = Map.of("outcome", "SUCCEEDED", "preliminary", true);
    Generation before = generation(new Holder("elsewhere", "key", "run-0"), Optional.of(report));
    ClaimRequest asked =
        new ClaimRequest(
            "key", digest(digest), Map.of(), "key", "run-1", Rerun.of(rerun), false, again);

    assertThat(ClaimRules.decide(Optional.of(before), asked, me())).isEqualTo(move);
  }

  @Test
  void a_request_that_stops_before_the_end_finds_all_of_it_done() {
    Map<String, Object> report = Map.of("outcome", "SUCCEEDED");
    Generation before = generation(new Holder("elsewhere", "key", "run-0"), Optional.of(report));
    ClaimRequest asked =
        new ClaimRequest("key", FIRST, Map.of(), "key", "run-1", Rerun.IF_FAILED, false, true);

    assertThat(ClaimRules.decide(Optional.of(before), asked, me())).isEqualTo(Move.DONE);
  }

  @ParameterizedTest(name = "held by {0}, digest {1}, rerun {2}, take over {3}: {4}")
  @CsvSource({
    "me,        same,  ifFailed, false, HELD",
    "me,        same,  always,   false, HELD",
    "me,        other, ifFailed, false, OTHER_REQUEST",
    "closed,    same,  ifFailed, false, TAKE_OVER",
    "closed,    same,  never,    false, TAKE_OVER",
    "closed,    same,  always,   false, TAKE_OVER",
    "closed,    other, ifFailed, false, OTHER_REQUEST",
    "closed,    other, never,    false, OTHER_REQUEST",
    "closed,    other, always,   false, OPEN",
    "elsewhere, same,  ifFailed, false, HELD_ELSEWHERE",
    "elsewhere, same,  always,   false, HELD_ELSEWHERE",
    "elsewhere, other, always,   false, HELD_ELSEWHERE",
    "elsewhere, same,  ifFailed, true,  TAKE_OVER",
    "elsewhere, other, ifFailed, true,  OTHER_REQUEST",
    "elsewhere, other, always,   true,  OPEN"
  })
  void an_unfinished_generation(
      String holder, String digest, String rerun, boolean takeOver, Move move) {
    Holder held =
        switch (holder) {
          case "me" -> me();
          case "closed" -> new Holder("here", "key", "run-0");
          default -> new Holder("elsewhere", "key", "run-1");
        };
    Optional<Generation> unfinished = Optional.of(generation(held, Optional.empty()));

    assertThat(ClaimRules.decide(unfinished, request(digest(digest), rerun, takeOver), me()))
        .isEqualTo(move);
  }

  private static Generation generation(Holder holder, Optional<Map<String, Object>> result) {
    return new Generation("key", 1, FIRST.value(), Map.of("a", 1), List.of(holder), result);
  }

  private static SpecDigest digest(String word) {
    return word.equals("same") ? FIRST : OTHER;
  }

  private static ClaimRequest request(SpecDigest digest, String rerun, boolean takeOver) {
    return new ClaimRequest(
        "key", digest, Map.of(), "key", "run-1", Rerun.of(rerun), takeOver, false);
  }

  private static Holder me() {
    return new Holder("here", "key", "run-1");
  }
}
