package io.towpath.starter.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.exit.Stop;
import io.towpath.starter.request.RequestFile;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of schedules is judged as a whole, before any server is asked. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScheduleFileTest {
  private static final String SCAN =
      """
      schedules:
        inbox:
          kind: manifest-scan
          every: PT5M
          request:
            folder: syn1
            template:
              recipe: reads
              stage: {to: "s3://bucket/p/"}
              runs: [{name: reads, pipeline: owner/name, revision: 3.10}]
              index: {parent: syn2}
      """;

  @Test
  void the_example_has_a_schedule_of_each_etl() {
    Path example = Path.of(System.getProperty("towpath.root", ".."), "deploy", "schedules.yaml");

    ScheduleFile file =
        ScheduleFile.read(
            RequestFile.read(example.toString(), new ByteArrayInputStream(new byte[0])));

    assertThat(file.schedules())
        .extracting(WantedSchedule::kind)
        .containsExactlyInAnyOrder("manifest-scan", "round-trip", "cavatica-drs", "release-deploy");
  }

  @Test
  void what_is_left_out_has_defaults_that_do_not_bite() {
    WantedSchedule inbox = read(SCAN).schedules().get(0);

    assertThat(inbox.written())
        .containsEntry("overlap", "skip")
        .containsEntry("catchUpWindow", "PT10M")
        .containsEntry("pauseOnFailure", false)
        .doesNotContainKeys("cron", "timeZone", "jitter");
    assertThat(inbox.request().toString()).as("a revision stays a text").contains("3.10");
    assertThat(
            inbox
                .action(ScheduleMark.of("us", Optional.empty(), inbox))
                .getOptions()
                .getWorkflowId())
        .isEqualTo("scheduled/inbox");
  }

  @Test
  void every_problem_of_every_schedule_is_told_at_once() {
    String text =
        """
        owner: us
        schedulez: {}
        schedules:
          both: {kind: round-trip, every: PT1H, cron: ["0 6 * * *"], request: {runz: []}}
          "bad name": {kind: no-such, cron: ["61 * * * *"], timeZone: Mars/Base, overlap: drop}
          late: {kind: manifest-scan, every: PT0.1S, offset: PT1H, catchUpWindow: PT1S, request: {folder: x}}
        """;

    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> read(text))
        .satisfies(
            stop -> {
              assertThat(stop.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
              assertThat(stop.text())
                  .contains("did you mean \"schedules\"?")
                  .contains("schedules.both.every")
                  .contains("schedules.both.request.runz")
                  .contains("schedules.both.request.manifest.synId")
                  .contains("schedules.bad name")
                  .contains("\"no-such\" is no ETL")
                  .contains("schedules.bad name.cron")
                  .contains("Mars/Base")
                  .contains("\"drop\" is none of")
                  .contains("schedules.late.every")
                  .contains("schedules.late.offset")
                  .contains("schedules.late.catchUpWindow")
                  .contains("schedules.late.request.folder");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"* * * * *", "0 6 * * 1-5", "*/15 0-6/2,12 1,15 jan-mar MON", "0 0 * * sun"})
  void takes_a_cron_expression(String text) {
    assertThat(read(cron(text)).schedules().get(0).written()).containsEntry("cron", List.of(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * foo *",
        "* * * * 9",
        "5-1 * * * *",
        "1,,2 * * * *",
        "hourly"
      })
  void refuses_what_is_no_cron_expression(String text) {
    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> read(cron(text)))
        .satisfies(stop -> assertThat(stop.text()).contains("1 problem", "schedules.inbox.cron"));
  }

  private static String cron(String text) {
    return SCAN.replace("every: PT5M", "cron: [\"" + text + "\"]");
  }

  @Test
  void what_an_entry_says_does_not_depend_on_the_order_of_its_fields() {
    Map<String, Object> one = read(SCAN).schedules().get(0).written();
    Map<String, Object> other =
        read(SCAN.replace(
                "    kind: manifest-scan\n    every: PT5M",
                "    every: PT5M\n    kind: manifest-scan"))
            .schedules()
            .get(0)
            .written();

    assertThat(other).isEqualTo(one);
  }

  private static ScheduleFile read(String yaml) {
    return ScheduleFile.read(
        RequestFile.read("-", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
  }
}
