package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.worker.telemetry.Metrics;
import io.towpath.worker.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** What a scrape of a worker finds, idle and after one round trip. */
@Tag("suite")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MetricsIT {
  private static final int MOST_SERIES_IDLE = 250;
  private static final int MOST_SERIES_AT_WORK = 700;

  private static final String RUNNING =
      "towpath_external_run_age_seconds{platform=\"seqera\",state=\"RUNNING\"}";

  private static Metrics metrics;
  private static Stack stack;

  @BeforeAll
  static void start() {
    metrics = new Metrics(Duration.ofMillis(100));
    stack =
        new Stack(
            SandboxOptions.forTests(),
            Stack.FAST,
            metrics.temporal(),
            Telemetry.of(metrics.registry()));
  }

  @AfterAll
  static void stop() {
    stack.close();
    metrics.close();
  }

  @Test
  @Order(1)
  void an_idle_worker_has_few_series_and_a_zero_of_each_count() {
    awaitSeries("temporal_num_pollers{");
    List<String> series = series();
    assertThat(series).hasSizeLessThanOrEqualTo(MOST_SERIES_IDLE);
    assertThat(series)
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
        .contains(
            "towpath_submit_duplicates_total{platform=\"seqera\"} 0.0",
            "towpath_files_total{result=\"streamed\"} 0.0",
            "towpath_bytes_total 0.0")
        .noneMatch(line -> line.contains("\"none\""));
  }

  @Test
  @Order(2)
  void a_round_trip_is_counted_by_what_it_did() {
    stack.control(
        "POST",
        "/plans",
        "{\"platform\":\"seqera\",\"match\":\"^measured-\",\"steps\":[{\"status\":\"RUNNING\","
            + "\"forMs\":3000},{\"status\":\"SUCCEEDED\"}]}");
    WorkflowStub run = stack.start(stack.request("measured"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(value(RUNNING)).isGreaterThanOrEqualTo(1));
    JsonNode report = stack.report(run);
    assertThat(value(RUNNING)).as("it has ended").isZero();
    assertThat(value("towpath_files_total{result=\"streamed\"}"))
        .isEqualTo(report.at("/staged/count").asDouble());
    assertThat(value("towpath_files_total{result=\"created\"}"))
        .isEqualTo(report.at("/index/created").asDouble());
    assertThat(value("towpath_bytes_total")).isEqualTo(report.at("/staged/bytes").asDouble());
    assertThat(value("towpath_submit_duplicates_total{platform=\"seqera\"}")).isZero();
    List.of("seqera", "synapse", "s3")
        .forEach(
            platform ->
                assertThat(
                        value(
                            "towpath_platform_http_seconds_count{platform=\""
                                + platform
                                + "\",status=\"2xx\"}"))
                    .as(platform)
                    .isPositive());
    assertThat(value("towpath_platform_http_seconds_count{platform=\"s3\",status=\"4xx\"}"))
        .as("looks for objects that are not there yet")
        .isPositive();
    assertThat(value("towpath_poll_errors_consecutive{platform=\"seqera\"}")).isZero();
    awaitSeries("temporal_activity_execution_latency_seconds_count{");
    assertThat(series()).hasSizeLessThanOrEqualTo(MOST_SERIES_AT_WORK);
    assertThat(metrics.scrape()).doesNotContain(stack.secrets());
  }

  /** The last ones exist only after a failure, or on a platform that tells its quota. */
  @Test
  @Order(3)
  void alerts_and_dashboard_ask_for_what_a_worker_tells() throws IOException {
    Set<String> told =
        series().stream().map(line -> line.replaceFirst("[{ ].*", "")).collect(Collectors.toSet());
    told.addAll(
        List.of(
            "temporal_workflow_task_execution_failed_total",
            "temporal_request_failure_total",
            "towpath_platform_quota_left",
            "towpath_worker_ready"));
    Path deploy = Path.of(System.getProperty("towpath.root"), "deploy");
    for (String file : List.of("prometheus/alerts.yaml", "grafana/towpath.json")) {
      assertThat(names(Files.readString(deploy.resolve(file))))
          .as(file)
          .isNotEmpty()
          .isSubsetOf(told);
    }
  }

  private static Set<String> names(String text) {
    return Pattern.compile("\\b(towpath|temporal|jvm)_[a-z_]+")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  /** The Temporal SDK tells its counts from time to time. */
  private static void awaitSeries(String begin) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> series().stream().anyMatch(line -> line.startsWith(begin)));
  }

  private static double value(String series) {
    return series().stream()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(series + " is not in\n" + metrics.scrape()));
  }

  private static List<String> series() {
    return metrics.scrape().lines().filter(line -> !line.startsWith("#")).toList();
  }
}
