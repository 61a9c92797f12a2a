package io.towpath.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.starter.TestCommand.Result;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ScanTest {
  private static final String EVENT = "{\"objectId\":\"syn6\",\"eventType\":\"CREATE\"}";
  private static final String TEMPLATE =
      "{\"stage\":{\"to\":\"s3://bucket/p/\"},\"runs\":[{\"name\":\"reads\",\"pipeline\":\"o/p\"}],"
          + "\"index\":{\"parent\":\"syn2\"}}";

  @AutoClose private final TestTemporal temporal = TestTemporal.withWorker();
  private final TestCommand towpath = new TestCommand(temporal.address());

  private Result start(String folder, String... more) {
    String request = "{\"folder\":\"" + folder + "\",\"template\":" + TEMPLATE + "}";
    Stream<String> arguments = Stream.of("start", "manifest-scan", "-f", "-", "-o", "json");
    return towpath.given(request, Stream.concat(arguments, Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void waits_for_the_end_of_a_scan_also_when_not_asked_to() {
    Result result = start("syn10");

    assertThat(result.exitCode()).isZero();
    assertThat(result.json().get("workflowId").textValue()).isEqualTo("manifest-scan/syn10/reads");
    assertThat(result.json().get("started").booleanValue()).isTrue();
    assertThat(result.json().get("generation").intValue()).isZero();
    assertThat(result.json().get("outcome").textValue()).isEqualTo("SUCCEEDED");
    assertThat(result.json().at("/report/started/0/key").textValue())
        .isEqualTo("round-trip/syn6.1/reads");
  }

  @Test
  void hands_the_event_on_with_all_its_fields() {
    Result result = start("syn11", "--event", EVENT);

    assertThat(result.json().at("/report/event/objectId").textValue()).isEqualTo("syn6");
    assertThat(result.json().at("/report/event/eventType").textValue()).isEqualTo("CREATE");
  }

  @Test
  void says_in_a_dry_run_what_would_start_and_starts_nothing() {
    Result result = start("syn12", "--dry-run");

    assertThat(result.exitCode()).isZero();
    assertThat(result.json().at("/preview/0/text").textValue()).contains("round-trip/syn6.1/reads");
    assertThat(result.json().at("/warnings/0").textValue()).contains("bad.csv");
    assertThat(towpath.run("status", "manifest-scan/syn12/reads").exitCode()).isEqualTo(2);
  }

  @Test
  void refuses_an_event_that_is_no_json_or_names_no_object() {
    assertThat(start("syn13", "--event", "{objectId").exitCode()).isEqualTo(2);
    Result nameless = start("syn13", "--event", "{}");

    assertThat(nameless.exitCode()).isEqualTo(2);
    assertThat(nameless.err()).contains("event.objectId");
  }

  @Test
  void refuses_what_a_scan_cannot_do() {
    Result result = start("syn14", "--rerun", "always");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("unknown field; did you mean \"dryRun\"?");
  }
}
