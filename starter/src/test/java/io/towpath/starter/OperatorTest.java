package io.towpath.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.starter.TestCommand.Result;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class OperatorTest {
  @AutoClose private final TestTemporal temporal = TestTemporal.withWorker();
  private final TestCommand towpath = new TestCommand(temporal.address());

  private String running(String recipe) {
    towpath.given(TestCommand.request("waits", recipe), "start", "round-trip", "-f", "-");
    return "round-trip/syn1.1/" + recipe;
  }

  @Test
  void status_shows_a_running_run() {
    String id = running("watched");
    Result text = towpath.run("status", id);
    Result json = towpath.run("status", id, "-o", "json");

    assertThat(text.exitCode()).isZero();
    assertThat(text.out()).contains(id + "  running, generation 1").contains("attention");
    assertThat(json.json().get("attention").isNull()).isTrue();
    assertThat(json.json().get("temporal").textValue()).isEqualTo("RUNNING");
    assertThat(json.json().at("/stages/0/name").textValue()).isEqualTo("check");
  }

  @Test
  void status_follows_to_the_end_with_one_line_per_change() {
    String id = running("followed");
    CompletableFuture<Result> following =
        CompletableFuture.supplyAsync(() -> towpath.run("status", id, "--follow", "-o", "jsonl"));
    temporal.release(id);
    Result result = following.join();

    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines().toList().get(result.out().lines().toList().size() - 1))
        .contains("\"outcome\":\"SUCCEEDED\"");
  }

  @Test
  void status_falls_back_to_the_ledger_for_a_run_that_temporal_forgot() {
    Result result = towpath.run("status", "round-trip/syn9.1/remembered", "-o", "json");

    assertThat(result.exitCode()).isZero();
    assertThat(result.json().get("outcome").textValue()).isEqualTo("SUCCEEDED");
    assertThat(result.json().get("runId").isNull()).isTrue();
  }

  @Test
  void status_of_what_a_lost_temporal_left_says_what_to_do() {
    Result result = towpath.run("status", "round-trip/syn9.1/left");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("not finished; start its request again");
  }

  @Test
  void report_comes_from_the_ledger_and_tells_the_outcome_by_its_exit_code() {
    Result succeeded = towpath.run("report", "round-trip/syn9.1/remembered");
    Result cancelled = towpath.run("report", "round-trip/syn9.1/cancelled");

    assertThat(succeeded.exitCode()).isZero();
    assertThat(succeeded.json().at("/staged/count").intValue()).isEqualTo(6);
    assertThat(cancelled.exitCode()).isEqualTo(1);
    assertThat(cancelled.json().get("outcome").textValue()).isEqualTo("CANCELLED");
  }

  @Test
  void an_id_that_nobody_knows_is_bad_input() {
    for (String command : new String[] {"status", "report", "cancel", "pause", "retry"}) {
      Result result = towpath.run(command, "round-trip/syn404.1/none");
      assertThat(result.exitCode()).as(command).isIn(1, 2);
      assertThat(result.err()).as(command).doesNotContain("Exception");
    }
  }

  @Test
  void cancel_of_a_closed_run_says_so() {
    String id = running("closing");
    Result first = towpath.run("cancel", id, "--mode", "detach", "-o", "json");
    towpath.run("status", id, "--follow");
    Result second = towpath.run("cancel", id);

    assertThat(first.exitCode()).isZero();
    assertThat(first.json().get("mode").textValue()).isEqualTo("detach");
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.err()).contains("closed already");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pause| |paused",
        "resume| |goes on",
        "approve|--gate g --by me --note ok|g opened by me: ok",
        "skip|a b --reason old|skipped [a, b]: old",
        "adopt|--step reads --external-id 5xK|5xK is now reads",
        "fail|--reason enough|failing: enough",
        "amend|--max-parallel 4|now 4 at a time",
        "retry|a|trying [a] again"
      })
  void updates_reach_the_run(String command, String options, String said) {
    String id = running("told-" + command);
    String line = command + " " + id + (options == null ? "" : " " + options);
    Result result = towpath.run(line.split(" "));

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains(id + "  " + command + ": " + said);
  }

  @Test
  void a_refused_update_shows_the_validators_words() {
    String id = running("refusing");
    Result result = towpath.run("approve", id, "--gate", "g", "--by", "nobody");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("nobody is no approver of this gate");
  }

  @Test
  void retry_of_a_closed_run_is_a_start_and_says_so() {
    towpath.given(TestCommand.request("fails", "fails"), "start", "round-trip", "-f", "-");
    Result result = towpath.run("retry", "round-trip/syn1.1/fails", "-o", "json");

    assertThat(result.err()).contains("this is a start of its request with --rerun ifFailed");
    assertThat(result.json().get("workflowId").textValue()).isEqualTo("round-trip/syn1.1/fails");
  }

  @Test
  void an_update_on_a_closed_run_says_so() {
    towpath.given(
        TestCommand.request("succeeds", "over"), "start", "round-trip", "-f", "-", "--wait");
    Result result = towpath.run("pause", "round-trip/syn1.1/over");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("is closed (COMPLETED)");
  }

  @Test
  void doctor_names_all_problems_at_once() {
    Result result = towpath.run("doctor", "-o", "json");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.json().get("ok").booleanValue()).isFalse();
    assertThat(result.out()).contains("\"temporal\"").contains("s3:PutObject");
    assertThat(towpath.run("doctor").out())
        .contains("alice, 12 projects\n                            not checked: modify")
        .contains("1 problem");
  }
}
