package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowClient;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.starter.codec.CodecServer;
import io.towpath.worker.telemetry.Telemetry;
import io.towpath.workflows.TowpathDataConverter;
import io.towpath.workflows.payload.PayloadEncryption;
import io.towpath.workflows.payload.PayloadKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real server stores of a run whose payloads are encrypted, and a rotation of the key. */
@Tag("devserver")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EncryptedPayloadsIT {
  private static final String CANARY = "canary-that-nobody-may-read";

  @TempDir Path folder;
  private ServerProcess server;
  private Stack stack;
  private String old;
  private String rotated;

  @BeforeEach
  void start() throws IOException {
    server = ServerProcess.start(folder);
    stack = Stack.withoutWorker(SandboxOptions.forTests(), TemporalUnderTest.at(server.address()));
    old = "old=file:" + key("old.key", 1);
    rotated = "new=file:" + key("new.key", 2) + "," + old;
  }

  @AfterEach
  void stop() {
    stack.close();
    server.close();
  }

  @Test
  void a_run_in_flight_outlives_a_rotation_and_history_shows_nothing() throws IOException {
    Map<String, Object> request = stack.request("encrypted");
    request.put("runs", List.of(stack.run("encrypted", Map.of("params", Map.of("note", CANARY)))));
    String id;
    try (TowpathWorker worker = worker(old)) {
      CommandLine.Result started = towpath(old).on(request, "start", "-o", "json");
      assertThat(started.exitCode()).as(started.err()).isZero();
      id = started.json().path("workflowId").asText();
      assertThat(towpath(old).run("pause", id).exitCode()).isZero();
      assertThat(worker.polls()).isTrue();
    }

    try (TowpathWorker worker = worker(rotated)) {
      assertThat(towpath(rotated).run("resume", id).exitCode()).isZero();
      JsonNode report = ended(id);

      assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
      assertThat(stack.effects("seqera", "POST /workflow/launch")).hasSize(1);
      CommandLine.Result without = new CommandLine(server.address()).run("report", id);
      assertThat(without.exitCode()).isEqualTo(3);
      assertThat(without.err()).contains("TOWPATH_PAYLOAD_KEYS").doesNotContain("\tat ");
      String[] replay = {"replay", "--from-server", "WorkflowType = 'round-trip'"};
      CommandLine.Result replayed = towpath(rotated).run(replay);
      assertThat(replayed.exitCode()).as(replayed.out() + replayed.err()).isZero();
      assertThat(replayed.out()).contains("ok     " + id);
      CommandLine.Result unread = new CommandLine(server.address()).run(replay);
      assertThat(unread.exitCode()).as(unread.out()).isEqualTo(3);
      assertThat(unread.err()).contains("TOWPATH_PAYLOAD_KEYS").doesNotContain("\tat ");
      assertThat(worker.polls()).isTrue();
    }

    String stored =
        stack
            .client()
            .fetchHistory(id)
            .getHistory()
            .toByteString()
            .toString(StandardCharsets.ISO_8859_1);
    assertThat(stored.contains(CANARY)).as("history shows the canary").isFalse();
    assertThat(stored.split("encryption-key-id..old", -1)).hasSizeGreaterThan(5);
    assertThat(stored.split("encryption-key-id..new", -1)).hasSizeGreaterThan(5);
    String input =
        shownThroughCodecServer(id)
            .at("/events/0/workflowExecutionStartedEventAttributes/input/payloads/0/data")
            .asText();
    assertThat(new String(Base64.getDecoder().decode(input), StandardCharsets.UTF_8))
        .contains(CANARY);
  }

  @Test
  void a_plain_start_by_the_temporal_command_is_done_by_an_encrypting_worker() throws IOException {
    Path file = folder.resolve("request.json");
    Files.writeString(file, Stack.JSON.writeValueAsString(stack.request("plain")));
    try (TowpathWorker worker = worker(old)) {
      TemporalCommand.run(
          server.address(),
          List.of(
              "workflow",
              "start",
              "--type",
              "round-trip",
              "--task-queue",
              "towpath",
              "--workflow-id",
              "by-hand",
              "--input-file",
              file.toString()));

      JsonNode report = ended("by-hand");

      assertThat(worker.polls()).isTrue();
      assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    }
  }

  private JsonNode ended(String id) {
    return Stack.JSON.valueToTree(client(rotated).newUntypedWorkflowStub(id).getResult(Map.class));
  }

  private JsonNode shownThroughCodecServer(String id) throws IOException {
    try (CodecServer codec =
        new CodecServer(0, new PayloadEncryption(keys(rotated)), Set.of(), Optional.empty())) {
      return Stack.JSON.readTree(
          TemporalCommand.run(
              server.address(),
              List.of(
                  "workflow",
                  "show",
                  "--workflow-id",
                  id,
                  "-o",
                  "json",
                  "--codec-endpoint",
                  "http://127.0.0.1:" + codec.port())));
    }
  }

  private TowpathWorker worker(String setting) {
    Map<String, String> environment = new TreeMap<>(stack.env());
    environment.putAll(Stack.FAST);
    return TowpathWorker.start(client(setting), Stack.settings(environment), Telemetry.none());
  }

  private WorkflowClient client(String setting) {
    return WorkflowClient.newInstance(
        stack.client().getWorkflowServiceStubs(),
        stack.client().getOptions().toBuilder()
            .setDataConverter(TowpathDataConverter.create(keys(setting)))
            .build());
  }

  private CommandLine towpath(String setting) {
    return new CommandLine(server.address(), Map.of(PayloadKeys.SETTING, setting));
  }

  private static PayloadKeys keys(String setting) {
    return PayloadKeys.read(Map.of(PayloadKeys.SETTING, setting), EncryptedPayloadsIT::text);
  }

  private static String text(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  private Path key(String name, int filling) throws IOException {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) filling);
    return Files.writeString(folder.resolve(name), Base64.getEncoder().encodeToString(bytes));
  }
}
