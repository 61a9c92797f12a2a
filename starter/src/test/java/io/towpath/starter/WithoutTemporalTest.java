package io.towpath.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.starter.TestCommand.Result;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class WithoutTemporalTest {
  private final TestCommand towpath = new TestCommand("127.0.0.1:" + TestTemporal.freePort());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status ID",
        "report ID",
        "cancel ID",
        "pause ID",
        "pause --connection seqera",
        "retry ID",
        "replay --from-server EtlKind='round-trip'",
        "check round-trip -f -",
        "start round-trip -f -"
      })
  void says_that_temporal_does_not_answer(String line) {
    Result result = towpath.given(TestCommand.request("any", "any"), line.split(" "));

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("TEMPORAL_ADDRESS").contains("temporal server start-dev");
    assertThat(result.err()).doesNotContain("\tat ");
  }

  @Test
  void still_judges_the_request_itself() {
    Result result = towpath.given("{\"runz\":[]}", "check", "round-trip", "-f", "-");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("runz")
        .contains("did you mean \"runs\"?")
        .contains("manifest.synId")
        .contains("missing; it is required");
  }

  @Test
  void a_server_without_a_worker_is_told_with_exit_3() {
    try (TestTemporal temporal = TestTemporal.withoutWorker()) {
      TestCommand there = new TestCommand(temporal.address());
      Result result =
          there.given(TestCommand.request("any", "any"), "check", "round-trip", "-f", "-");

      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.err()).contains("no worker answers").contains("./towpath worker");
    }
  }

  @Test
  void a_server_that_lists_no_workflows_is_told_with_exit_3() {
    try (TestTemporal temporal = TestTemporal.withoutWorker()) {
      Result result =
          new TestCommand(temporal.address())
              .run("replay", "--from-server", "EtlKind = 'round-trip'");

      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.err()).contains("does not list workflows").doesNotContain("\tat ");
    }
  }

  @Test
  void an_unknown_command_or_option_is_bad_input_with_a_suggestion() {
    assertThat(towpath.run("statsu").exitCode()).isEqualTo(2);
    assertThat(towpath.run("statsu").err()).contains("Did you mean").contains("status");
    assertThat(towpath.run("start", "round-trip", "-f", "-", "--wai").err()).contains("--wait");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "sandbox",
        "worker",
        "dev",
        "prove",
        "check",
        "start",
        "status",
        "report",
        "cancel",
        "approve",
        "retry",
        "skip",
        "adopt",
        "fail",
        "pause",
        "resume",
        "amend",
        "describe",
        "template",
        "completion",
        "doctor",
        "schedules",
        "codec-server",
        "replay",
        "poll-now"
      })
  void every_command_has_help_with_an_example(String command) {
    Result result = towpath.run(command, "--help");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("Example: ").contains("towpath " + command);
  }

  @Test
  void the_list_of_commands_says_in_whole_sentences_what_they_do() {
    String list = towpath.run("--help").out().replaceAll("(?s).*Commands:\n|\n\n.*", "");

    assertThat(list.split("\n(?=  \\S)"))
        .hasSizeGreaterThan(20)
        .allMatch(command -> command.strip().endsWith("."));
  }

  @Test
  void an_etl_that_nothing_has_is_answered_with_those_that_are_there() {
    assertThat(towpath.run("describe", "release").err()).contains("release-deploy, round-trip");
    assertThat(towpath.run("template", "roundtrip").exitCode()).isEqualTo(2);
  }
}
