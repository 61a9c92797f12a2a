package io.towpath.activities.containers.aws;

import static io.towpath.activities.containers.aws.AwsSandbox.end;
import static io.towpath.activities.containers.aws.AwsSandbox.soon;
import static io.towpath.activities.containers.aws.AwsSandbox.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.containers.ContainerScene;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.containers.ContainerActivities.ImageSpec;
import io.towpath.workflows.containers.ContainerEnd;
import io.towpath.workflows.containers.ContainerEnd.How;
import io.towpath.workflows.containers.ContainerSpec;
import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What holds at both services of AWS. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class AwsSuite {
  static final Duration SETTLE = Duration.ofMillis(300);

  final AwsSandbox aws = new AwsSandbox();
  final ContainerScene scene = scene(aws);

  /** A worker with a ledger of its own. */
  abstract ContainerScene scene(AwsSandbox sandbox);

  /** The stand-in's name of the service. */
  abstract String platform();

  /** The creating call. */
  abstract String route();

  /** The service's word for one that has no place yet. */
  abstract String waits();

  /** The service's word for one that did not end well. */
  abstract String badEnd();

  /** How long it remembers what ended. */
  abstract Duration horizon();

  @BeforeEach
  void beginAnew() {
    scene.forget();
    aws.faults.forget();
  }

  @AfterAll
  void stop() {
    scene.close();
    aws.close();
  }

  @Test
  void a_program_runs_with_its_arguments_and_its_log_is_stored() {
    ContainerEnd end = scene.end(scene.request("hello", "one $two"));

    assertThat(end.how()).isEqualTo(How.SUCCEEDED);
    assertThat(end.exitCode()).contains(0);
    assertThat(end.ran()).isPresent();
    assertThat(scene.log(end)).contains("hello one $two b c");
  }

  @Test
  void a_failure_tells_its_exit_code() {
    ContainerEnd end = scene.end(scene.request("hello", "you", "4"));

    assertThat(end.how()).isEqualTo(How.FAILED);
    assertThat(end.exitCode()).contains(4);
  }

  @Test
  void a_secret_is_a_reference_in_what_is_sent_and_a_value_in_the_program() {
    RunContainer request = withSecret("aws-sm:" + AwsSandbox.SECRET);

    ContainerEnd end = scene.end(request);

    assertThat(end.logTail()).endsWith(String.valueOf(AwsSandbox.VALUE.length()));
    assertThat(aws.last(route()).toString()).doesNotContain(AwsSandbox.VALUE);
  }

  @Test
  void a_secret_of_the_worker_is_refused_before_anything_is_sent() {
    RunContainer request = withSecret("env:PASSWORD_OF_WORKER");

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.news(request))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED));
    assertThat(aws.faults.calls(route())).isZero();
  }

  @Test
  void too_little_memory_is_told() {
    RunContainer request = scene.request("hello");
    aws.plan(
        platform(),
        request.name(),
        soon("RUNNING"),
        end(badEnd(), "OutOfMemoryError: Container killed due to memory usage", 137));

    ContainerEnd end = scene.end(request);

    assertThat(end.how()).isEqualTo(How.OUT_OF_MEMORY);
    assertThat(end.exitCode()).contains(137);
    assertThat(end.reason()).contains("OutOfMemoryError");
  }

  @Test
  void a_lost_host_leaves_no_exit_code() {
    RunContainer request = scene.request("hello");
    aws.plan(
        platform(),
        request.name(),
        soon("RUNNING"),
        end(badEnd(), "Host EC2 (instance i-0) terminated.", -1));

    ContainerEnd end = scene.end(request);

    assertThat(end.how()).isEqualTo(How.LOST);
    assertThat(end.exitCode()).isEmpty();
    assertThat(end.reason()).contains("terminated");
  }

  @Test
  void what_finds_no_place_for_long_is_shown_once() {
    RunContainer request = scene.request("hello");
    aws.plan(platform(), request.name(), step(waits()));
    RunContainer impatient = scene.impatient(request, Optional.empty());

    String attention = scene.news(impatient).attention().orElseThrow();

    assertThat(attention).startsWith("has not started: ").contains(waits());
    assertThat(scene.once(scene.impatient(request, Optional.of(attention)))).isEmpty();
    scene.stop(request, false);
  }

  @Test
  void a_stop_ends_what_runs_and_its_end_is_not_the_programs() {
    RunContainer request = scene.request("hello");
    aws.plan(platform(), request.name(), step("RUNNING"));
    scene.submit(request);

    assertThat(scene.stop(request, true)).isEqualTo(1);

    assertThat(scene.end(request).how()).isEqualTo(How.STOPPED);
  }

  @Test
  void beyond_the_horizon_it_is_not_sent_again() {
    try (AwsSandbox forgetful = new AwsSandbox();
        ContainerScene before = scene(forgetful);
        ContainerScene after = scene(forgetful)) {
      RunContainer request = before.request("hello");
      before.end(request);
      forgetful.pass(horizon().plusHours(1));

      assertThatExceptionOfType(PlatformException.class)
          .isThrownBy(() -> before.submit(request))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.RUN_STUCK));
      after.ledger().orphan(request.claim(), request.step(), request.key(), Duration.ofDays(2));
      assertThatExceptionOfType(PlatformException.class)
          .isThrownBy(() -> after.submit(request))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.RUN_STUCK));
      assertThat(forgetful.faults.calls(route())).isEqualTo(1);
    }
  }

  @Test
  void what_runs_is_adopted_by_a_worker_that_has_lost_its_ledger() {
    RunContainer request = scene.request("hello");
    String id = scene.submit(request);

    try (ContainerScene other = scene(aws)) {
      assertThat(other.submit(request)).isEqualTo(id);
    }

    assertThat(aws.faults.calls(route())).isEqualTo(1);
  }

  @Test
  void something_else_under_our_name_is_a_conflict() {
    RunContainer request = scene.request("hello", "one");
    scene.submit(request);

    try (ContainerScene other = scene(aws)) {
      assertThatExceptionOfType(PlatformException.class)
          .isThrownBy(() -> other.submit(other.request(request.key(), other.spec("hello", "two"))))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFLICT));
    }
  }

  @Test
  void preflight_names_what_is_not_there() {
    Executor good = scene.request("hello").executor();
    Executor bad =
        new Executor(
            good.type(),
            good.connection(),
            good.queue().map(name -> "no-such-queue"),
            good.cluster().map(name -> "no-such-cluster"),
            good.subnets(),
            good.securityGroups(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(
            scene
                .activities()
                .resolve(
                    new ImageSpec(
                        bad, scene.spec("x").image(), 64, 64, 1, Map.of("A", "file:/etc/passwd")))
                .problems())
        .extracting(Problem::place)
        .contains("secrets.A")
        .containsAnyOf("executor.queue", "executor.cluster");
    assertThat(scene.examine())
        .satisfies(found -> assertThat(found.text()).contains("AWS", AwsSandbox.REGION))
        .satisfies(found -> assertThat(found.missing()).isEmpty())
        .satisfies(found -> assertThat(found.notChecked()).contains("iam:PassRole"));
  }

  private RunContainer withSecret(String reference) {
    ContainerSpec plain = scene.spec("hello", "you");
    return scene.request(
        ContainerScene.key(),
        new ContainerSpec(
            plain.image(),
            plain.command(),
            plain.environment(),
            Map.of("PASSWORD", reference),
            plain.cpus(),
            plain.memoryMb(),
            plain.timeout()));
  }
}
