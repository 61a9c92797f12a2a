package io.towpath.activities.containers.aws;

import io.towpath.activities.containers.ContainerScene;
import io.towpath.activities.submit.ExactlyOnceContract;
import io.towpath.sandbox.control.Journal;
import io.towpath.workflows.containers.RunContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** The contract for a submit at AWS: one sandbox for all tests, a new key for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AwsExactlyOnce extends ExactlyOnceContract {
  private final String platform;
  private final String route;
  private final AwsSandbox aws = new AwsSandbox();
  private final ContainerScene scene;
  private RunContainer request;

  AwsExactlyOnce(String platform, String route) {
    this.platform = platform;
    this.route = route;
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
