package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.workflows.cavatica.CavaticaWorkflow;
import io.towpath.workflows.progress.StatusView;
import io.towpath.workflows.release.ReleaseWorkflow;
import io.towpath.workflows.roundtrip.RoundTripWorkflow;
import io.towpath.workflows.scan.ManifestScanWorkflow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;

/** A secret reaches the program that it is for, and shows nowhere else. */
@Tag("suite")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReleaseSecretsIT {
  private static final String SECRET = "canary" + UUID.randomUUID().toString().replace("-", "");

  /** Ends well only if it was given the secret, which it cannot keep to itself; once it may. */
  private static final String SCRIPT =
      "until [ -e $0 ]; do sleep 0.05; done;"
          + " md5sum < $CANARY_FILE | grep -q $1 && echo has the secret $(cat $CANARY_FILE)";

  private static final List<String> KINDS =
      List.of(
          RoundTripWorkflow.TYPE,
          CavaticaWorkflow.TYPE,
          ReleaseWorkflow.TYPE,
          ManifestScanWorkflow.TYPE);

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final List<String> told = new ArrayList<>();
  private Hook hook;
  private Stack stack;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    logged.start();
    root().addAppender(logged);
    hook = Hook.start();
    Map<String, String> settings = new TreeMap<>(Stack.FAST);
    settings.put("TOWPATH_WEBHOOKS", hook.setting());
    settings.put("TOWPATH_CONTAINER_SECRETS", "CANARY,RENAMED");
    settings.put("CANARY", SECRET);
    settings.put("RENAMED", SECRET);
    stack = new Stack(SandboxOptions.forTests(), settings);
  }

  @AfterEach
  void stop() {
    stack.close();
    hook.close();
    root().detachAppender(logged);
  }

  @Test
  void what_succeeded_is_not_run_again_when_a_secret_moved_on_the_worker() {
    ReleaseScene scene = new ReleaseScene(stack, "moved");
    Map<String, Object> request =
        scene.request(
            List.of(
                ReleaseScene.step("process", List.of("true", "{item}"))
                    .with("items", Map.of("names", List.of("works", "fails")))
                    .with("maxParallel", 1)
                    .map()));
    request.put("secrets", Map.of("CANARY", "env:CANARY"));
    scene.planned(ReleaseScene.exits(0), ReleaseScene.exits(3), ReleaseScene.exits(0));
    assertThat(scene.failure(scene.start(request)).getType()).isEqualTo("PARTIAL");
    request.put("secrets", Map.of("CANARY", "env:RENAMED"));

    JsonNode report = stack.report(scene.start(request));

    assertThat(report.at("/itemCounts/DONE_BEFORE").asInt()).isEqualTo(1);
    assertThat(report.at("/itemCounts/SUCCEEDED").asInt()).isEqualTo(1);
    assertThat(scene.made()).hasSize(3);
  }

  @Test
  void a_secret_is_in_no_place_where_others_look() throws Exception {
    ReleaseScene scene = new ReleaseScene(stack, "secret");
    Path end = folder.resolve("end");
    Map<String, Object> request =
        scene.request(
            List.of(
                ReleaseScene.step("only", List.of("sh", "-c", SCRIPT, end.toString(), md5()))
                    .map()));
    request.put("secrets", Map.of("CANARY", "env:CANARY"));
    request.put(
        "notify",
        List.of(
            "webhook:ops",
            "synapse:" + stack.synapse("/repo/v1/userProfile").path("ownerId").asText()));
    told.add(String.valueOf(scene.plan(request)));
    WorkflowStub run = scene.start(request);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !scene.started().isEmpty());
    String processes = processes();
    told.add(String.valueOf(run.query("status", StatusView.class)));
    told.add(String.valueOf(run.query("spec", Map.class)));
    String inspected =
        stack.engine("GET", "/containers/" + scene.started().get(0) + "/json").toString();
    Files.createFile(end);

    JsonNode report = stack.report(run);

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    String history = stack.historyText(run);
    String stored = stored();
    told.add(report.toString());
    told.addAll(hook.told(""));
    told.add(stack.effects("", "").toString());
    logged.list.forEach(line -> told.add(line.getFormattedMessage() + line.getThrowableProxy()));
    assertThat(processes).contains(end.toString()).doesNotContain(SECRET);
    assertThat(inspected).contains("CANARY_FILE").doesNotContain(SECRET);
    assertThat(history).contains("env:CANARY").doesNotContain(SECRET);
    assertThat(stored).contains("has the secret", "env:CANARY", "SUCCEEDED").doesNotContain(SECRET);
    assertThat(told).noneMatch(text -> text.contains(SECRET));
  }

  @Test
  void no_request_of_any_kind_may_hold_a_credential_of_the_worker() {
    String token = String.valueOf(stack.env().get("TOWER_ACCESS_TOKEN"));
    Map<String, Object> request = Map.of("deep", List.of(Map.of("text", "Bearer " + token)));
    String refused = "deep[0].text: holds a credential of the worker";

    for (String kind : KINDS) {
      assertThat(stack.plan(kind, request).problems())
          .extracting(problem -> problem.place() + ": " + problem.text())
          .anyMatch(problem -> problem.startsWith(refused))
          .noneMatch(problem -> problem.contains(token));
      assertThatThrownBy(() -> stack.start(kind, "exposed/" + kind, request).getResult(Map.class))
          .hasStackTraceContaining(refused);
    }
  }

  /** Command lines and variables of all processes that this user may look at. */
  private static String processes() throws IOException {
    StringBuilder all = new StringBuilder();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : found) {
        all.append(read(process.resolve("cmdline"))).append(read(process.resolve("environ")));
      }
    }
    return all.toString();
  }

  /** Empty for what is another user's, or just ended. */
  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException notOurs) {
      return "";
    }
  }

  /** Everything that lies in S3: ledger, logs, reports, and texts of messages in Synapse. */
  private String stored() {
    StringBuilder all = new StringBuilder();
    S3Client s3 = stack.s3().repeating();
    for (Bucket bucket : s3.listBuckets().buckets()) {
      s3.listObjectsV2Paginator(list -> list.bucket(bucket.name()))
          .contents()
          .forEach(
              object ->
                  all.append(object.key())
                      .append(stack.object("s3://" + bucket.name() + "/" + object.key())));
    }
    return all.toString();
  }

  private static String md5() throws Exception {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    return HexFormat.of().formatHex(md5.digest(SECRET.getBytes(StandardCharsets.UTF_8)));
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
