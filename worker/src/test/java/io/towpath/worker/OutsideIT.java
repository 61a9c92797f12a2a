package io.towpath.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.sandbox.web.HttpsFiles;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.plan.Plan;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sheets that name files on the open internet, end to end. The worker is one like any other: only
 * its HTTP client finds the stand-in, and its guard judges the addresses as it always does.
 */
@Tag("suite")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutsideIT {
  private static final byte[] READS = "reads of the open internet".getBytes(UTF_8);

  private static HttpsFiles internet;
  private static Stack stack;

  @BeforeAll
  static void start() {
    internet = new HttpsFiles();
    stack =
        new Stack(
            SandboxOptions.forTests(),
            Stack.FAST,
            new OkHttpClient.Builder()
                .dns(internet::addresses)
                .socketFactory(internet.sockets())
                .sslSocketFactory(internet.tls(), internet.trust())
                .build(),
            List.of());
  }

  @AfterAll
  static void stop() {
    stack.close();
    internet.close();
  }

  @Test
  void a_file_named_by_its_address_is_staged_run_and_stored_once() {
    String url = internet.file("/runs/a_1.fastq.gz", READS) + "?signature=s3cret-of-the-owner";
    Map<String, Object> request = CellSheet.request(stack, "outside", url);

    WorkflowStub run = stack.start(request);
    JsonNode report = stack.report(run);

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(report.at("/staged/count").asInt()).isEqualTo(1);
    String[] row =
        stack
            .object(report.at("/staged/samplesheet").asText())
            .lines()
            .toList()
            .get(1)
            .split(",", -1);
    assertThat(row[1]).matches("s3://\\S+/etl/outside/https/[0-9a-f]{12}/a_1\\.fastq\\.gz");
    assertThat(stack.object(row[1])).isEqualTo(new String(READS, UTF_8));
    assertThat(stack.historyText(run)).contains("manifest").doesNotContain("s3cret-of-the-owner");
    assertThat(report.toString()).doesNotContain("s3cret-of-the-owner");
    assertThat(stack.effects("synapse", "POST /activity"))
        .singleElement()
        .satisfies(
            effect ->
                assertThat(effect.path("request").path("used").toString())
                    .contains("\"" + url.replaceFirst("\\?.*", "") + "\"")
                    .doesNotContain("s3cret-of-the-owner"));

    request.put("rerun", "always");
    JsonNode again = stack.report(stack.start(request));

    assertThat(again.at("/staged/reused").asInt()).isEqualTo(1);
    assertThat(stack.effects("s3", "PUT object"))
        .extracting(effect -> effect.at("/object/name").asText())
        .filteredOn(key -> key.endsWith("/a_1.fastq.gz"))
        .hasSize(1);
  }

  @Test
  void an_address_of_the_workers_own_network_is_refused_by_row_and_never_asked() {
    internet.redirect("/away", "https://169.254.169.254/latest/meta-data");
    internet.forget();

    Plan plan =
        stack.plan(
            CellSheet.request(
                stack,
                "inside",
                "https://127.0.0.1:" + internet.port() + "/x",
                "https://" + HttpsFiles.HOST_INSIDE + ":" + internet.port() + "/x",
                "https://169.254.169.254/latest/meta-data",
                internet.url("/away"),
                internet.url("/missing")));

    assertThat(plan.problems())
        .extracting(Problem::place)
        .containsExactlyInAnyOrder(
            "line 2, column fastq_1",
            "line 3, column fastq_1",
            "line 4, column fastq_1",
            "line 5, column fastq_1",
            "line 6, column fastq_1");
    assertThat(internet.asked()).containsOnly("/away", "/missing");
  }

  @Test
  void a_schema_is_told_from_another_one_and_from_none_before_anything_starts() {
    byte[] schema = "{\"items\":{\"required\":[\"sample\"]}}".getBytes(UTF_8);
    String url = internet.file("/schema.json", schema);
    Map<String, Object> request =
        CellSheet.request(stack, "schema", internet.file("/runs/s_1.fastq.gz", READS));

    assertThat(problems(request, url, sha256(schema))).isEmpty();
    assertThat(problems(request, url, "0".repeat(64)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.place()).isEqualTo("prepare.schema"))
        .satisfies(problem -> assertThat(problem.text()).contains(sha256(schema), "states 000"));
    assertThat(problems(request, internet.url("/gone.json"), sha256(schema)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.place()).isEqualTo("prepare.schema"))
        .satisfies(problem -> assertThat(problem.text()).contains("HTTP 404"));
  }

  private static List<Problem> problems(Map<String, Object> request, String url, String sha256) {
    request.put("prepare", Map.of("schema", Map.of("url", url, "sha256", sha256)));
    return stack.plan(request).problems();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
