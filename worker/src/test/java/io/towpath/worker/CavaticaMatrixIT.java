package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * A sheet on its way through CAVATICA of which one call is struck by a fault, or of which one
 * attempt dies after one of its calls.
 */
@Tag("proof")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CavaticaMatrixIT {
  private static final String PUBLISH =
      "1\tDrsPublish: PATCH /v2/drs-internal/datasets/{n}/publish";

  private static Stack stack;
  private static KillMatrix kills;
  private static FaultMatrix faults;

  @BeforeAll
  static void recordFaultFreeSheets() {
    stack = KillMatrix.stack();
    Cell.Kind sheet = CavaticaCell.kind(stack);
    kills = new KillMatrix(sheet);
    faults = new FaultMatrix(stack, sheet);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void a_worker_killed_after_each_of_its_calls_in_turn_costs_nothing_but_time() {
    kills.survivesEachInTurn();
  }

  @TestFactory
  List<DynamicTest> a_worker_killed_after_any_call_costs_nothing_but_time() {
    return kills.everyCall();
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> a_worker_killed_after_one_single_call_costs_nothing_but_time() {
    return kills.everyCallAlone();
  }

  @TestFactory
  List<DynamicTest> each_sample_runs_once_and_each_output_gets_one_id_whatever_answers_are_lost() {
    return faults.allRoutes(FaultMatrix.LOST);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> each_sample_runs_once_and_each_output_gets_one_id_whatever_answer_is_lost() {
    return faults.everyRoute(FaultMatrix.LOST);
  }

  @TestFactory
  List<DynamicTest> a_mint_that_nobody_can_look_up_waits_for_a_decision_when_its_answer_is_lost() {
    return faults.oneRoute(UnclearMintCell.kind(stack), UnclearMintCell.ROUTE, FaultMatrix.LOST);
  }

  @Test
  void a_mint_that_nobody_can_look_up_waits_for_a_decision_when_the_worker_dies() {
    Cell cell = UnclearMintCell.dying(stack).named("unclear1");
    Kill.aim(cell.workflowId(), List.of(UnclearMintCell.MINT));
    Trial.of(cell, "kill", List.of(Kill.callOf(UnclearMintCell.MINT))).run();
    assertThat(Kill.missed(cell.workflowId())).isEmpty();
  }

  /** The first one makes the storage location, which says of no sheet that it is its. */
  @TestFactory
  List<DynamicTest> each_output_is_filed_in_synapse_once_whatever_answers_are_lost() {
    Cell.Kind filed = name -> CavaticaCell.filed(stack).named("filed" + name);
    Trial.undisturbed(filed.named("first")).run();
    return new FaultMatrix(stack, filed).allRoutes(FaultMatrix.LOST);
  }

  @Test
  void each_output_is_filed_in_synapse_once_though_the_worker_dies_after_each_call() {
    Cell.Kind filed = CavaticaCell.filed(stack);
    Cell cell = filed.named("filed1");
    Kill.aimAtEach(cell.workflowId());

    Essence struck = Trial.of(cell, "kill", List.of("each call in turn")).run();
    Essence spared = Trial.undisturbed(filed.named("filed2")).run();
    assertThat(struck.differencesFrom(spared)).isEmpty();
    assertThat(Kill.missed(cell.workflowId())).isEmpty();
  }

  /** One after the other, for a call that names a dataset alone can be aimed at no other way. */
  @Test
  void a_dataset_becomes_visible_though_the_worker_dies_and_every_answer_is_lost() {
    String dataset = stack.sandbox().drsSeed().dataset("struck", stack.seed("s3.bucket"));
    SheetScene scene = new SheetScene(stack, "published1").sample("a");
    Map<String, Object> request = scene.request(Map.of());
    request.put(
        "drs",
        Map.of(
            "minter", "cavatica-dataset", "dataset", Map.of("name", dataset), "publish", "auto"));
    FaultMatrix.LOST.values().forEach(CavaticaMatrixIT::losePublication);
    Kill.aim(scene.plan(request).workflowId().orElseThrow(), List.of(PUBLISH));

    JsonNode report = stack.report(scene.start(request));

    assertThat(report.at("/drs/published").asBoolean()).isTrue();
    assertThat(stack.sandbox().drsSeed().isPublished(dataset)).isTrue();
    assertThat(Kill.missed(report.path("workflowId").asText())).isEmpty();
    assertThat(stack.control("GET", "/faults", ""))
        .filteredOn(rule -> rule.path("route").asText().endsWith("/publish"))
        .hasSize(3)
        .allMatch(rule -> rule.path("hits").asInt() == 1);
  }

  private static void losePublication(String effect) {
    stack.control(
        "POST",
        "/faults",
        "{\"platform\":\"sevenbridges\",\"route\":\"PATCH /drs-internal/datasets/{id}/publish\","
            + "\"do\":"
            + effect
            + "}");
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_sheet_has_one_effect_whatever_happens_to_any_call() {
    return faults.everyCall(FaultMatrix.ALL);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_sheet_has_one_effect_whatever_a_platform_answers_instead() {
    return faults.everyRoute(FaultMatrix.INSTEAD);
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_sheet_has_one_effect_though_a_platform_takes_nothing_for_a_while() {
    return faults.bursts();
  }

  @TestFactory
  @Tag("matrix")
  List<DynamicTest> one_sheet_has_one_effect_though_credentials_are_refused_at_first() {
    return faults.denied();
  }
}
