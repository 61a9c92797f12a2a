package io.towpath.activities.containers.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.towpath.activities.containers.ContainerScene;
import io.towpath.activities.containers.WorkerSecrets;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.secrets.SecretReferences;
import io.towpath.workflows.containers.ContainerActivities.ImageSpec;
import io.towpath.workflows.containers.ContainerActivities.ResolvedImage;
import io.towpath.workflows.containers.ContainerEnd;
import io.towpath.workflows.containers.ContainerEnd.How;
import io.towpath.workflows.containers.ContainerSpec;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds on every engine: the stand-in, podman and Docker. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class EngineSuite {
  static final String SECRET = "the-password-of-the-test";
  private static final Map<String, String> ENVIRONMENT = Map.of("PASSWORD_OF_WORKER", SECRET);

  private DockerClient client;
  private ContainerScene scene;

  /** How the engine is reached. */
  abstract DockerConnection connection();

  /** An image with {@code sh}, by its tag. */
  abstract String image();

  ContainerScene scene() {
    return scene;
  }

  DockerClient client() {
    return client;
  }

  @BeforeAll
  void connect() {
    OkHttpClient http = new OkHttpClient();
    client = new DockerClient(http, connection());
    if (client.image(image()).isEmpty()) {
      client.pull(image(), Optional.empty(), () -> {});
    }
    DockerExecutor engine =
        new DockerExecutor(
            http,
            connection(),
            new WorkerSecrets(
                new SecretReferences(ENVIRONMENT, Optional.empty()),
                Set.of("PASSWORD_OF_WORKER", "NOT_SET")),
            ContainerScene.noLogins());
    scene =
        new ContainerScene(
            engine,
            ContainerScene.executor("docker"),
            engine.pinned(image()).orElseThrow(),
            Duration.ofMillis(600));
  }

  @AfterAll
  void close() {
    scene.close();
  }

  @Test
  void a_program_runs_with_its_arguments_and_its_log_is_stored() {
    RunContainer request =
        scene.request("sh", "-c", "echo \"$A:$1\"; echo no >&2", "x", "one $two");
    scene.forget();

    ContainerEnd end = scene.end(request);

    assertThat(end.how()).isEqualTo(How.SUCCEEDED);
    assertThat(end.exitCode()).contains(0);
    assertThat(end.ran()).isPresent();
    assertThat(scene.log(end)).contains("b c:one $two\n", "no\n");
    assertThat(end.logTail()).contains("b c:one $two");
  }

  @Test
  void of_a_long_log_the_end_is_shown_without_what_looks_like_a_credential() {
    String script =
        "i=0; while [ $i -lt 100 ]; do i=$((i+1)); echo line $i; done;"
            + " echo Authorization: Bearer abcdefghijkl";
    scene.forget();

    ContainerEnd end = scene.end(scene.request("sh", "-c", script));

    assertThat(end.logTail().lines()).hasSize(20).contains("line 100").doesNotContain("line 81");
    assertThat(end.logTail()).doesNotContain("abcdefghijkl");
    assertThat(scene.log(end)).startsWith("line 1\nline 2\n");
  }

  @Test
  void more_than_the_engine_has_is_a_problem() {
    assertThat(
            scene
                .activities()
                .resolve(
                    new ImageSpec(
                        ContainerScene.executor("docker"),
                        image(),
                        1 << 30,
                        1 << 30,
                        10_000,
                        Map.of()))
                .problems())
        .extracting(Problem::place)
        .isEqualTo(List.of("memoryMb", "cpus"));
  }

  @Test
  void what_only_a_retry_would_ask_for_is_a_warning() {
    ResolvedImage resolved =
        scene
            .activities()
            .resolve(
                new ImageSpec(
                    ContainerScene.executor("docker"), image(), 64, 1 << 30, 1, Map.of()));

    assertThat(resolved.problems()).isEmpty();
    assertThat(resolved.warnings())
        .singleElement()
        .asString()
        .startsWith("the last retry for memory: 1048576 GiB is more than the engine at");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 143})
  void a_failure_tells_its_exit_code_and_a_signal_that_is_not_ours_is_one(int code) {
    scene.forget();

    ContainerEnd end = scene.end(scene.request("sh", "-c", "exit " + code));

    assertThat(end.how()).isEqualTo(How.FAILED);
    assertThat(end.exitCode()).contains(code);
    assertThat(end.log()).isEmpty();
  }

  @Test
  void a_secret_is_a_file_and_is_shown_nowhere() {
    ContainerSpec plain = scene.spec("sh", "-c", "wc -c < \"$PASSWORD_FILE\"; sleep 60");
    RunContainer request =
        scene.request(
            ContainerScene.key(),
            new ContainerSpec(
                plain.image(),
                plain.command(),
                plain.environment(),
                Map.of("PASSWORD", "env:PASSWORD_OF_WORKER"),
                plain.cpus(),
                plain.memoryMb(),
                plain.timeout()));
    String id = scene.submit(request);

    assertThat(client.container(id).orElseThrow().toString())
        .contains("PASSWORD_FILE=/run/secrets/PASSWORD")
        .doesNotContain(SECRET);

    scene.stop(request, false);
    scene.forget();
    assertThat(scene.end(request).logTail()).isEqualTo(String.valueOf(SECRET.length()));
  }

  @Test
  void what_runs_is_adopted_by_the_next_worker_and_what_ended_is_answered_by_the_ledger() {
    RunContainer request = scene.request("sh", "-c", "sleep 1; echo done");
    scene.forget();
    assertThat(scene.once(request)).isEmpty();
    String id =
        scene.ledger().recordedId(request.claim(), request.step(), request.key()).orElseThrow();

    scene.restart();
    ContainerEnd end = scene.end(request);
    client.remove(id);
    scene.forget();

    assertThat(end.externalId()).isEqualTo(id);
    assertThat(scene.end(request)).isEqualTo(end);
  }

  @Test
  void an_exited_one_is_never_started_again() {
    RunContainer request = scene.request("sh", "-c", "exit 0");
    String id = scene.submit(request);
    scene.forget();
    scene.end(request);
    String finished = finished(id);

    try (ContainerScene without = forgetful(new OkHttpClient())) {
      assertThat(without.submit(request)).isEqualTo(id);
    }

    assertThat(finished(id)).isEqualTo(finished);
  }

  @Test
  void one_that_was_made_and_not_started_is_started() {
    RunContainer request = scene.request("sh", "-c", "exit 0");
    String id = client.create(request.name(), ContainerBody.of(request, connection()));
    scene.forget();

    ContainerEnd end = scene.end(request);

    assertThat(end.externalId()).isEqualTo(id);
    assertThat(end.how()).isEqualTo(How.SUCCEEDED);
  }

  @Test
  void something_else_under_our_name_is_a_conflict() {
    RunContainer request = scene.request("sh", "-c", "exit 0");
    RunContainer other = scene.request(request.key(), scene.spec("sh", "-c", "exit 1"));
    client.create(other.name(), ContainerBody.of(other, connection()));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.submit(request))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFLICT));
  }

  @Test
  void a_vanished_one_is_not_run_again() {
    RunContainer request = scene.request("sh", "-c", "exit 0");
    String id = scene.submit(request);
    awaitEnd(id);
    client.remove(id);
    scene.forget();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.news(request))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.RUN_STUCK));
    assertThat(client.container(request.name())).isEmpty();
  }

  @Test
  void a_stop_ends_what_runs_and_its_end_is_not_the_programs() {
    RunContainer request = scene.request("sh", "-c", "trap '' TERM; sleep 60");
    scene.submit(request);

    assertThat(scene.stop(request, true)).isEqualTo(1);

    scene.forget();
    assertThat(scene.end(request).how()).isEqualTo(How.STOPPED);
  }

  @Test
  void one_that_starts_and_ends_while_it_is_stopped_keeps_its_end() {
    RunContainer request = scene.request("sh", "-c", "exit 3");
    String id = client.create(request.name(), ContainerBody.of(request, connection()));
    AtomicBoolean seen = new AtomicBoolean();
    Interceptor overtaken =
        look -> {
          Response answer = look.proceed(look.request());
          boolean ours = look.request().url().encodedPath().contains(request.name());
          if (ours && !seen.getAndSet(true)) {
            client.start(id);
            awaitEnd(id);
          }
          return answer;
        };

    try (ContainerScene late =
        forgetful(new OkHttpClient.Builder().addInterceptor(overtaken).build())) {
      assertThat(late.stop(request, true)).isZero();

      assertThat(late.end(request).exitCode()).contains(3);
    }
  }

  @Test
  void one_that_is_never_started_is_removed() {
    RunContainer request = scene.request("sh", "-c", "exit 0");
    client.create(request.name(), ContainerBody.of(request, connection()));

    assertThat(scene.stop(request, true)).isEqualTo(1);

    assertThat(client.container(request.name())).isEmpty();
  }

  @Test
  void what_runs_too_long_is_ended() {
    ContainerSpec plain = scene.spec("sh", "-c", "trap 'exit 5' TERM; sleep 60 & wait");
    RunContainer request =
        scene.request(
            ContainerScene.key(),
            new ContainerSpec(
                plain.image(), plain.command(), Map.of(), Map.of(), 1, 64, Duration.ofMillis(500)));
    scene.forget();

    assertThat(scene.end(request).how()).isEqualTo(How.TIMED_OUT);
  }

  @Test
  void a_program_that_is_not_there_is_the_requests_mistake() {
    scene.forget();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.news(scene.request("no-such-program")))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED));
  }

  @Test
  void a_tag_is_pinned_to_the_digest_that_the_engine_holds() {
    ResolvedImage resolved =
        scene
            .activities()
            .resolve(
                new ImageSpec(
                    ContainerScene.executor("docker"),
                    image(),
                    64,
                    64,
                    1,
                    Map.of("A", "env:PASSWORD_OF_WORKER", "B", "env:NOT_SET", "C", "aws-sm:x")));

    assertThat(resolved.image().orElseThrow()).matches(".+@sha256:[0-9a-f]{64}");
    assertThat(resolved.problems())
        .extracting(Problem::place)
        .isEqualTo(List.of("secrets.B", "secrets.C"));
  }

  private void awaitEnd(String id) {
    await()
        .until(() -> DockerState.inspected(client.container(id).orElseThrow()).end().isPresent());
  }

  private ContainerScene forgetful(OkHttpClient http) {
    return new ContainerScene(
        new DockerExecutor(
            http,
            connection(),
            new WorkerSecrets(
                new SecretReferences(ENVIRONMENT, Optional.empty()),
                Set.of("PASSWORD_OF_WORKER", "NOT_SET")),
            ContainerScene.noLogins()),
        ContainerScene.executor("docker"),
        image(),
        Duration.ofMillis(600));
  }

  private String finished(String id) {
    return client.container(id).orElseThrow().path("State").path("FinishedAt").asText();
  }
}
