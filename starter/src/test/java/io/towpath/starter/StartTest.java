package io.towpath.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.starter.TestCommand.Result;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class StartTest {
  @AutoClose private final TestTemporal temporal = TestTemporal.withWorker();
  private final TestCommand towpath = new TestCommand(temporal.address());

  private Result start(String request, String... more) {
    String[] arguments = new String[6 + more.length];
    System.arraycopy(
        new String[] {"start", "round-trip", "-f", "-", "-o", "json"}, 0, arguments, 0, 6);
    System.arraycopy(more, 0, arguments, 6, more.length);
    return towpath.given(request, arguments);
  }

  @Test
  void answers_with_every_field_once_the_claim_is_decided() {
    Result result = start(TestCommand.request("waits", "plain"));

    assertThat(result.exitCode()).isZero();
    assertThat(result.json().fieldNames())
        .toIterable()
        .containsExactly(
            "kind",
            "workflowId",
            "runId",
            "specDigest",
            "generation",
            "started",
            "outcome",
            "report",
            "failure");
    assertThat(result.json().get("workflowId").textValue()).isEqualTo("round-trip/syn1.1/plain");
    assertThat(result.json().get("started").booleanValue()).isTrue();
    assertThat(result.json().get("generation").intValue()).isEqualTo(1);
    assertThat(result.json().get("outcome").isNull()).isTrue();
  }

  @Test
  void waits_for_the_end_and_fills_in_outcome_and_report() {
    Result result = start(TestCommand.request("succeeds", "whole"), "--wait");

    assertThat(result.exitCode()).isZero();
    assertThat(result.json().get("outcome").textValue()).isEqualTo("SUCCEEDED");
    assertThat(result.json().at("/report/staged/count").intValue()).isEqualTo(6);
    assertThat(result.err()).contains("check").contains("3 samples");
  }

  @Test
  void attaches_to_a_running_run_of_the_same_work() {
    start(TestCommand.request("waits", "twice"));
    Result second = start(TestCommand.request("waits", "twice"));

    assertThat(second.exitCode()).isZero();
    assertThat(second.json().get("started").booleanValue()).isFalse();
    assertThat(second.err()).contains("attached");
  }

  @Test
  void refuses_another_request_under_a_running_key_field_by_field() {
    start(TestCommand.request("waits", "other"));
    Result second = start(TestCommand.request("waits", "other", "owner/changed"));

    assertThat(second.exitCode()).isEqualTo(4);
    assertThat(second.json().at("/failure/kind").textValue()).isEqualTo("CONFLICT");
    assertThat(second.json().at("/failure/details/differences/0/path").textValue())
        .isEqualTo("pipeline");
    assertThat(second.err()).contains("recorded: \"recorded\"").contains("asked:    \"asked\"");
  }

  @Test
  void answers_noop_with_the_first_report_for_finished_work() {
    Result result = start(TestCommand.request("done", "done"));

    assertThat(result.exitCode()).isZero();
    assertThat(result.json().get("started").booleanValue()).isFalse();
    assertThat(result.json().get("outcome").textValue()).isEqualTo("NOOP");
    assertThat(result.json().at("/report/outcome").textValue()).isEqualTo("SUCCEEDED");
    assertThat(result.json().get("runId").textValue()).isEqualTo("first-run");
  }

  @Test
  void shows_a_conflict_in_the_ledger_with_both_values() {
    Result result =
        towpath.given(
            TestCommand.request("taken", "taken"), "start", "round-trip", "-f", "-", "--wait");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err()).contains("runs[0].params.gencode").contains("recorded: true");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void ends_with_1_and_the_ledgers_report_when_the_run_failed() {
    Result result = start(TestCommand.request("fails", "fails"), "--wait");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.json().get("outcome").textValue()).isEqualTo("FAILED");
    assertThat(result.json().at("/failure/kind").textValue()).isEqualTo("RUN_FAILED");
    assertThat(result.json().at("/report/outcome").textValue()).isEqualTo("FAILED");
  }

  @Test
  void ends_with_4_when_the_claim_itself_meets_a_conflict() {
    Result result = start(TestCommand.request("refused at claim", "claim"));

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.json().get("started").booleanValue()).isFalse();
    assertThat(result.json().get("outcome").isNull()).isTrue();
  }

  @Test
  void lists_all_problems_of_request_and_platforms_and_starts_nothing() {
    String request = TestCommand.request("bad sheet", "bad").replace("\"name\"", "\"nam\"");
    Result result = towpath.given(request, "start", "round-trip", "-f", "-");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("nothing was started")
        .contains("unknown field; did you mean \"name\"?")
        .contains("samples.csv:4, column fastq_2")
        .contains("index.parent");
  }

  @Test
  void tells_a_platform_that_is_down_with_exit_3() {
    Result result = start(TestCommand.request("platform down", "down"));

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.json().at("/failure/kind").textValue()).isEqualTo("PLATFORM_UNAVAILABLE");
    assertThat(result.err()).contains("Synapse answered 503").doesNotContain("\tat ");
  }

  @Test
  void prints_the_equal_temporal_command_in_a_dry_run() {
    Result result = start(TestCommand.request("succeeds", "dry"), "--dry-run", "--rerun", "always");

    assertThat(result.exitCode()).isZero();
    assertThat(result.json().get("temporalCommand").textValue())
        .startsWith(
            "temporal workflow start --type round-trip --task-queue towpath"
                + " --workflow-id 'round-trip/syn1.1/dry' --input '{")
        .contains("\"rerun\":\"always\"");
    assertThat(towpath.run("status", "round-trip/syn1.1/dry").exitCode()).isEqualTo(2);
  }
}
