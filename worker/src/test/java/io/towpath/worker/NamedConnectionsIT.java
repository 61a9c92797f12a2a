package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.client.WorkflowOptions;
import io.towpath.activities.http.AwsCalls;
import io.towpath.activities.http.PlatformCalls;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.worker.telemetry.Telemetry;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.model.Check;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.plan.DoctorWorkflow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker whose default connections are refused everywhere, and whose connection {@code lab} is
 * good: written in a file, Synapse's token in a store of secrets.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(ReplaceUnderscores.class)
class NamedConnectionsIT {
  private static final String YESTERDAY = "the-token-of-yesterday";

  @TempDir private Path folder;
  private Stack stack;
  private SimpleMeterRegistry meters;
  private TowpathWorker worker;

  @BeforeEach
  void start() throws IOException {
    stack = Stack.withoutWorker(SandboxOptions.forTests(), TemporalUnderTest.start());
    stack.control(
        "POST",
        "/faults",
        """
        {"platform":"secretsmanager","route":"GetSecretValue","do":{"kind":"status","code":200,
         "headers":{"Content-Type":"application/x-amz-json-1.1"},
         "body":{"ARN":"arn:aws:x","Name":"x","SecretString":"%s"}}}
        """
            .formatted(YESTERDAY));
    meters = new SimpleMeterRegistry();
    PlatformCalls calls = new PlatformCalls(meters, OpenTelemetry.noop().getTracer("towpath"));
    WorkerSettings settings =
        WorkerSettings.from(environment(), folder, List.of(new AwsCalls(calls)));
    worker = TowpathWorker.start(stack.client(), settings, Telemetry.none());
  }

  @AfterEach
  void stop() {
    worker.close();
    stack.close();
  }

  @Test
  void a_request_names_its_connection_and_a_replaced_token_is_read_again_once() {
    Map<String, Object> request = stack.request("named");
    request.put("connection", "lab");

    JsonNode report = stack.report(stack.start(request));

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(stack.effects("seqera", "POST /workflow/launch")).hasSize(1);
    assertThat(asked("secretsmanager", "GetSecretValue"))
        .as("at start, and once after")
        .isEqualTo(2);
    assertThat(refused("synapse")).as("with the old token").isPositive();
    assertThat(
            meters.get("towpath.platform.http").tag("platform", "secretsmanager").timers().stream()
                .mapToLong(timer -> timer.count())
                .sum())
        .isEqualTo(2);
  }

  @Test
  void a_connection_that_is_refused_or_unknown_starts_nothing() {
    Map<String, Object> request = stack.request("refused");
    assertThat(stack.plan(request).problems()).isNotEmpty();

    request.put("connection", "office");

    assertThat(stack.plan(request).problems())
        .extracting(Problem::text)
        .anyMatch(text -> text.contains("no Synapse connection \"office\"; it has [default, lab]"));
    assertThat(stack.effects("seqera", "POST /workflow/launch")).isEmpty();
  }

  @Test
  void a_doctor_looks_at_each() {
    Map<String, Check> checks = new TreeMap<>();
    stack
        .client()
        .newWorkflowStub(
            DoctorWorkflow.class,
            WorkflowOptions.newBuilder().setTaskQueue(TaskQueues.WORKFLOWS).build())
        .examine()
        .forEach(check -> checks.put(check.name(), check));

    assertThat(checks.get("synapse")).extracting(Check::ok).isEqualTo(false);
    assertThat(checks.get("seqera")).extracting(Check::ok).isEqualTo(false);
    assertThat(checks.get("synapse/lab"))
        .isEqualTo(
            new Check("synapse/lab", true, "user towpath-user (3412345)", List.of("modify")));
    assertThat(checks.get("seqera/lab"))
        .satisfies(check -> assertThat(check.ok()).isTrue())
        .satisfies(check -> assertThat(check.text()).contains("towpath-demo/showcase"));
    assertThat(checks.get("drs/lab")).extracting(Check::ok).isEqualTo(true);
    assertThat(checks.toString()).doesNotContain(YESTERDAY).doesNotContain(stack.secrets());
  }

  private Map<String, String> environment() throws IOException {
    Map<String, String> env = new TreeMap<>(stack.env());
    env.putAll(Stack.FAST);
    URI tower = URI.create(env.getOrDefault("TOWER_API_ENDPOINT", ""));
    env.put(
        "HELD_URI",
        "tower://:"
            + env.getOrDefault("TOWER_ACCESS_TOKEN", "")
            + "@"
            + tower.getAuthority()
            + "/api/?workspace="
            + stack.seed("seqera.workspace"));
    env.put("SYNAPSE_AUTH_TOKEN", "the-token-of-nobody-at-all");
    env.put("TOWER_ACCESS_TOKEN", "the-token-of-nobody-at-all");
    Path file =
        Files.writeString(
            folder.resolve("connections.yaml"),
            """
            synapse:
              lab: {token: 'aws-sm:towpath-demo/synapse'}
            seqera:
              lab: {uri: 'env:HELD_URI'}
            """);
    env.put("TOWPATH_CONNECTIONS", file.toString());
    return env;
  }

  private long asked(String platform, String route) {
    return counts(platform, call -> call.path("route").asText().equals(route));
  }

  private long refused(String platform) {
    return counts(platform, call -> call.path("status").asInt() == 401);
  }

  private long counts(String platform, Predicate<JsonNode> those) {
    return StreamSupport.stream(stack.control("GET", "/requests", "").spliterator(), false)
        .filter(call -> call.path("platform").asText().equals(platform))
        .filter(those)
        .mapToLong(call -> call.path("count").asLong())
        .sum();
  }
}
