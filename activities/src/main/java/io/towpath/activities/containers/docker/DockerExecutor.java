package io.towpath.activities.containers.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.containers.ContainerExecutor;
import io.towpath.activities.containers.ContainerRuns;
import io.towpath.activities.containers.WorkerSecrets;
import io.towpath.workflows.containers.ContainerActivities.ImageSpec;
import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.model.Problem;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** An engine with the Docker API. */
public final class DockerExecutor implements ContainerExecutor {
  private final DockerClient client;
  private final DockerConnection connection;
  private final WorkerSecrets secrets;

  /**
   * @param http shared client; redirects and retries are turned off here
   * @param secrets resolves the references of a request
   */
  public DockerExecutor(OkHttpClient http, DockerConnection connection, WorkerSecrets secrets) {
    this.client = new DockerClient(http, connection);
    this.connection = connection;
    this.secrets = secrets;
  }

  @Override
  public String whoAmI() {
    JsonNode version = client.version();
    String name = version.path("Components").path(0).path("Name").asText("engine");
    return name + " " + version.path("Version").asText("") + " at " + connection.host();
  }

  @Override
  public List<Problem> check(ImageSpec spec) {
    client.version();
    return secrets.check(spec.secrets());
  }

  /** What the engine pulled or imported once; it runs by that digest without a registry. */
  @Override
  public Optional<String> pinned(String image) {
    return client
        .image(image)
        .map(found -> found.path("RepoDigests").path(0).asText(""))
        .filter(d -> !d.isEmpty());
  }

  @Override
  public ContainerRuns runs(Executor place) {
    return new DockerRuns(client, connection, secrets);
  }
}
