package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.temporal.activity.DynamicActivity;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.EncodedValues;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.towpath.activities.store.S3Documents;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.plan.Plan;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yaml.snakeyaml.Yaml;

/** Sheets that are shaped and checked on their way, end to end on the demo seed. */
@Tag("suite")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PrepareIT {
  private static final List<String> ASKED = new CopyOnWriteArrayList<>();
  private static HttpServer files;
  private static Stack stack;
  private static S3Documents documents;

  @BeforeAll
  static void start() throws Exception {
    files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] schema;
    try (InputStream in =
        SandboxOptions.class.getResourceAsStream("/pipelines/reads/assets/schema_input.json")) {
      schema = Objects.requireNonNull(in).readAllBytes();
    }
    files.createContext(
        "/",
        exchange -> {
          ASKED.add(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(200, schema.length);
          exchange.getResponseBody().write(schema);
          exchange.close();
        });
    files.start();
    stack =
        new Stack(
            SandboxOptions.forTests(),
            Map.of(
                "TOWPATH_POLL_FLOOR",
                "PT0.2S",
                "TOWPATH_SETTLE",
                "PT0.3S",
                "TOWPATH_PIPELINE_FILES",
                "http://127.0.0.1:" + files.getAddress().getPort()));
    documents = new S3Documents(stack.s3().repeating());
  }

  @AfterAll
  static void stop() {
    stack.close();
    files.stop(0);
  }

  @Test
  void the_pipeline_gets_the_shaped_sheet() {
    Map<String, Object> request =
        request(
            "shaped",
            Map.of(
                "map", Map.of("strandedness", "$default($, 'auto')", "id", "'x_' & sample"),
                "rename", Map.of("sample", "name", "id", "sample"),
                "select", List.of("sample", "fastq_1", "strandedness"),
                "schema", "nf-core/reads"));

    JsonNode report = stack.report(stack.start(request));

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    String uri = report.at("/staged/samplesheet").asText();
    assertThat(text(uri).lines().toList())
        .hasSize(4)
        .startsWith("sample,fastq_1,strandedness")
        .filteredOn(line -> !line.startsWith("sample,"))
        .allSatisfy(line -> assertThat(line).matches("x_\\S+,s3://\\S+\\.fastq\\.gz,\\w+"));
    assertThat(launch("shaped-").toString()).contains(uri);
    assertThat(report.at("/staged/schemaSha256").asText()).hasSize(64);
    assertThat(ASKED)
        .allMatch(path -> path.matches("/nf-core/reads/[^/]+/assets/schema_input.json"));
  }

  @Test
  void a_sheet_that_breaks_the_schema_is_refused_row_by_row_before_anything_starts() {
    Map<String, Object> request =
        request(
            "refused",
            Map.of(
                "map",
                Map.of("strandedness", "'sideways'", "sample", "$ & ' '"),
                "schema",
                "nf-core/reads"));

    Plan plan = stack.plan(request);

    assertThat(plan.problems())
        .extracting(Problem::place)
        .containsExactlyInAnyOrder(
            "line 2, column strandedness",
            "line 3, column strandedness",
            "line 4, column strandedness",
            "line 2, column sample",
            "line 3, column sample",
            "line 4, column sample");
    WorkflowStub run = stack.start(plan.workflowId().orElseThrow(), request);
    assertThatExceptionOfType(WorkflowFailedException.class)
        .isThrownBy(() -> run.getResult(Map.class))
        .havingCause()
        .withMessageContaining("INPUT_REJECTED");
    assertThat(launches("refused-")).isEmpty();
  }

  @Test
  void rules_that_cannot_work_are_named_by_field_in_the_plan() {
    Plan plan =
        stack.plan(
            request(
                "rules",
                Map.of(
                    "map", Map.of("a", "1 +"),
                    "select", List.of("sample", "nope"),
                    "schema", Map.of("type", "array"))));

    assertThat(plan.problems())
        .extracting(Problem::place)
        .containsExactlyInAnyOrder("prepare.schema", "prepare.map.a", "prepare.select");
  }

  @Test
  void a_users_own_activity_makes_the_sheet() {
    WorkerFactory theirs = WorkerFactory.newInstance(stack.client());
    Worker worker = theirs.newWorker("their-queue");
    worker.registerActivitiesImplementations((DynamicActivity) PrepareIT::firstRowOnly);
    theirs.start();
    try {
      Map<String, Object> request =
          request(
              "theirs",
              Map.of(
                  "activity",
                  Map.of("name", "first_row", "taskQueue", "their-queue"),
                  "schema",
                  "nf-core/reads"));

      JsonNode report = stack.report(stack.start(request));

      String uri = report.at("/staged/samplesheet").asText();
      assertThat(uri).endsWith("/theirs.csv");
      assertThat(text(uri).lines()).hasSize(2);
      assertThat(launch("theirs-").toString()).contains(uri);
    } finally {
      theirs.shutdownNow();
    }
  }

  @Test
  void the_example_of_the_documentation_is_accepted() throws Exception {
    String page = Files.readString(Path.of("../docs/round-trip.md"));
    String yaml =
        page.substring(
            page.indexOf("```yaml\nprepare:") + 8,
            page.indexOf("```", page.indexOf("yaml\nprepare:")));
    Map<String, Map<String, Object>> example = new Yaml().load(yaml);
    Map<String, Object> prepare = Objects.requireNonNull(example.get("prepare"));

    JsonNode report = stack.report(stack.start(request("documented", prepare)));

    assertThat(text(report.at("/staged/samplesheet").asText()))
        .startsWith("sample,fastq_1,fastq_2,strandedness\n");
  }

  private static Object firstRowOnly(EncodedValues arguments) {
    Map<?, ?> given = arguments.get(0, Map.class);
    S3Uri sheet = new S3Uri(String.valueOf(given.get("uri")));
    List<String> lines = new ArrayList<>(text(sheet.value()).lines().toList());
    byte[] made = (lines.get(0) + "\n" + lines.get(1) + "\n").getBytes(StandardCharsets.UTF_8);
    S3Uri place = S3Uri.of(sheet.bucket(), sheet.key().replaceAll("[^/]+$", "theirs.csv"));
    documents.write(place, "text/csv", made);
    return Map.of("uri", place.value(), "sha256", sha256(made), "format", "csv");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> request(String name, Map<String, Object> prepare) {
    Map<String, Object> request = new TreeMap<>(stack.request(name));
    request.put("prepare", prepare);
    return request;
  }

  private static String text(String uri) {
    return new String(documents.read(new S3Uri(uri)), StandardCharsets.UTF_8);
  }

  private static JsonNode launch(String namePrefix) {
    return launches(namePrefix).get(0);
  }

  private static List<JsonNode> launches(String namePrefix) {
    return stack.effects("seqera", "POST /workflow/launch").stream()
        .filter(e -> e.path("object").path("name").asText().startsWith(namePrefix))
        .toList();
  }
}
