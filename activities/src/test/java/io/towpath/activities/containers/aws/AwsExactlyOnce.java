package io.towpath.activities.containers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.containers.ContainerScene;
import io.towpath.activities.submit.ExactlyOnceContract;
import io.towpath.sandbox.control.Journal;
import io.towpath.workflows.containers.ContainerSpec;
import io.towpath.workflows.containers.RunContainer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract for a submit at AWS: one sandbox for all tests, a new key for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AwsExactlyOnce extends ExactlyOnceContract {
  private final String platform;
  private final String route;
  private final String define;
  private final AwsSandbox aws = new AwsSandbox();
  private final ContainerScene scene;
  private RunContainer request;

  /**
   * @param define the call that registers what is run
   */
  AwsExactlyOnce(String platform, String route, String define) {
    this.platform = platform;
    this.route = route;
    this.define = define;
    this.scene = platform.equals("batch") ? aws.batch(SETTLE_TIME) : aws.ecs(SETTLE_TIME);
    this.request = scene.request("hello", "once");
  }

  @BeforeEach
  void beginAnew() {
    request = scene.request("hello", "once");
    aws.faults.forget();
  }

  @AfterAll
  void stop() {
    scene.close();
    aws.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_definition_that_is_struck_leaves_one_submission(Fault fault) {
    ContainerSpec plain = scene.spec("hello", "once");
    String secret = "SECRET_" + fault;
    request =
        scene.request(
            ContainerScene.key(),
            new ContainerSpec(
                plain.image(),
                plain.command(),
                plain.environment(),
                Map.of(secret, "aws-sm:" + AwsSandbox.SECRET),
                plain.cpus(),
                plain.memoryMb(),
                plain.timeout()));
    aws.faults.strike(platform, define, 1, fault, LATE);

    submitAsTemporalDoes();

    assertThat(effects()).isOne();
    assertThat(aws.faults.calls(define)).isGreaterThanOrEqualTo(1);
  }

  @Override
  protected void strike(Fault fault, int times) {
    aws.faults.strike(platform, route, times, fault, LATE);
  }

  @Override
  protected String submit() {
    return scene.submit(request);
  }

  @Override
  protected int effects() {
    return (int)
        aws.faults.effects(route).stream()
            .flatMap(effect -> effect.object().stream())
            .map(Journal.Target::id)
            .distinct()
            .count();
  }

  @Override
  protected int calls() {
    return aws.faults.calls(route);
  }
}
