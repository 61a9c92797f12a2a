package io.towpath.activities.containers.docker;

import io.towpath.activities.containers.ContainerScene;
import io.towpath.activities.containers.WorkerSecrets;
import io.towpath.activities.secrets.SecretReferences;
import io.towpath.activities.submit.ExactlyOnceContract;
import io.towpath.workflows.containers.ContainerSpec;
import io.towpath.workflows.containers.RunContainer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** The contract for one call of the recipe: one engine for all tests, a new container for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineExactlyOnce extends ExactlyOnceContract {
  private final String route;
  private final EngineSandbox engine = new EngineSandbox();
  private final DockerExecutor executor =
      new DockerExecutor(
          new OkHttpClient(),
          engine.connection(),
          new WorkerSecrets(
              new SecretReferences(
                  Map.of("SYNAPSE_AUTH_TOKEN", "token-of-the-test"), Optional.empty()),
              Set.of()),
          ContainerScene.noLogins());
  private final ContainerScene scene =
      new ContainerScene(
          executor, ContainerScene.executor("docker"), engine.imageName(), SETTLE_TIME);
  private RunContainer request = scene.request("true");

  EngineExactlyOnce(String route) {
    this.route = route;
  }

  @BeforeEach
  void beginAnew() {
    request = scene.request("true");
    engine.faults.forget();
  }

  @AfterAll
  void stop() {
    scene.close();
    engine.close();
  }

  EngineSandbox engine() {
    return engine;
  }

  /** Goes on with a container that has a secret. */
  void withSecret() {
    ContainerSpec plain = request.spec();
    request =
        scene.request(
            request.key(),
            new ContainerSpec(
                plain.image(),
                plain.command(),
                plain.environment(),
                Map.of("TOKEN", "env:SYNAPSE_AUTH_TOKEN"),
                plain.cpus(),
                plain.memoryMb(),
                plain.timeout()));
  }

  @Override
  protected void strike(Fault fault, int times) {
    engine.faults.strike("container", route, times, fault, LATE);
  }

  @Override
  protected String submit() {
    return scene.submit(request);
  }

  @Override
  protected int effects() {
    return engine.faults.effects(route).size();
  }

  @Override
  protected int calls() {
    return engine.faults.calls(route);
  }
}
