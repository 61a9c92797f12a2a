package io.towpath.activities.containers.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.connections.Examined.Findings;
import io.towpath.activities.containers.ContainerExecutor;
import io.towpath.activities.containers.ContainerRuns;
import io.towpath.activities.containers.RegistryLogins;
import io.towpath.activities.containers.TooLarge;
import io.towpath.activities.containers.WorkerSecrets;
import io.towpath.workflows.containers.ContainerActivities.ImageSpec;
import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** An engine with the Docker API. */
public final class DockerExecutor implements ContainerExecutor {
  private final DockerClient client;
  private final DockerConnection connection;
  private final WorkerSecrets secrets;
  private final RegistryLogins logins;

  /**
   * @param http shared client; redirects and retries are turned off here
   * @param secrets resolves the references of a request
   * @param logins what the engine pulls with
   */
  public DockerExecutor(
      OkHttpClient http,
      DockerConnection connection,
      WorkerSecrets secrets,
      RegistryLogins logins) {
    this.client = new DockerClient(http, connection);
    this.connection = connection;
    this.secrets = secrets;
    this.logins = logins;
  }

  @Override
  public Findings examine() {
    JsonNode version = client.version();
    String name = version.path("Components").path(0).path("Name").asText("engine");
    return Findings.of(
        name + " " + version.path("Version").asText("") + " at " + connection.host());
  }

  @Override
  public List<Problem> check(ImageSpec spec) {
    List<Problem> problems = new ArrayList<>(secrets.check(spec.secrets()));
    JsonNode info = client.info();
    long memoryMb = info.path("MemTotal").asLong() >> 20;
    int cpus = info.path("NCPU").asInt();
    if (memoryMb > 0 && spec.memoryMb() > memoryMb) {
      problems.add(TooLarge.memory(spec.memoryMb(), memoryMb, who()));
    }
    if (cpus > 0 && spec.cpus() > cpus) {
      problems.add(TooLarge.cpus(spec.cpus(), cpus, who()));
    }
    return problems;
  }

  private String who() {
    return "the engine at " + connection.host() + " has";
  }

  /**
   * What the engine pulled or imported once; it runs by that digest without a registry. Of several
   * names of one image that by which it was asked for is taken.
   */
  @Override
  public Optional<String> pinned(String image) {
    List<String> digests = new ArrayList<>();
    client
        .image(image)
        .ifPresent(found -> found.path("RepoDigests").forEach(one -> digests.add(one.asText())));
    String asked = image.replaceFirst("(:[^/:]*)?(@.*)?$", "") + "@";
    return digests.stream()
        .filter(digest -> digest.startsWith(asked))
        .findFirst()
        .or(() -> digests.stream().findFirst());
  }

  @Override
  public ContainerRuns runs(Executor place) {
    return new DockerRuns(client, connection, secrets, logins);
  }
}
