package io.towpath.worker;

import io.fabric8.kubernetes.client.Config;
import io.towpath.activities.connections.Examined;
import io.towpath.activities.containers.ContainerExecutor;
import io.towpath.activities.containers.ExaminedExecutors;
import io.towpath.activities.containers.RegistryLogins;
import io.towpath.activities.containers.WorkerSecrets;
import io.towpath.activities.containers.aws.AwsConnection;
import io.towpath.activities.containers.aws.BatchExecutor;
import io.towpath.activities.containers.aws.EcsExecutor;
import io.towpath.activities.containers.docker.DockerConnection;
import io.towpath.activities.containers.docker.DockerExecutor;
import io.towpath.activities.containers.kubernetes.Kubeconfig;
import io.towpath.activities.containers.kubernetes.KubernetesExecutor;
import io.towpath.activities.http.PlatformCalls;
import io.towpath.activities.secrets.SecretReferences;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.worker.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import okhttp3.OkHttpClient;

/**
 * Where containers can run, under the names that the tools of each executor have: {@code
 * DOCKER_HOST}, {@code CONTAINER_HOST} of podman, {@code AWS_ENDPOINT_URL_BATCH} and its like,
 * {@code KUBECONFIG}. A name after it, as in {@code DOCKER_HOST_LAB}, is that of a connection of
 * its own.
 *
 * @param docker engines by connection name; none where nothing is set
 * @param podman the same; those of Docker where podman has no name of its own
 * @param aws accounts by connection name
 * @param kubernetes clusters by connection name
 * @param registries hosts of image registries that may lie inside ({@code TOWPATH_REGISTRY})
 * @param secrets resolves the references of requests
 * @param logins at registries ({@code TOWPATH_REGISTRY_LOGINS})
 */
public record ContainerSettings(
    Map<String, DockerConnection> docker,
    Map<String, DockerConnection> podman,
    Map<String, AwsConnection> aws,
    Map<String, Config> kubernetes,
    Set<String> registries,
    WorkerSecrets secrets,
    RegistryLogins logins) {
  /**
   * Reads them.
   *
   * @param aws accounts by connection name
   * @param references what secrets are named by
   */
  static ContainerSettings read(
      Settings settings, Map<String, AwsConnection> aws, SecretReferences references) {
    Map<String, DockerConnection> docker = engines(settings, "DOCKER_HOST");
    Map<String, DockerConnection> podman = new TreeMap<>(docker);
    podman.putAll(engines(settings, "CONTAINER_HOST"));
    WorkerSecrets secrets =
        new WorkerSecrets(references, settings.list("TOWPATH_CONTAINER_SECRETS"));
    return new ContainerSettings(
        docker,
        podman,
        aws,
        clusters(settings),
        settings.list("TOWPATH_REGISTRY"),
        secrets,
        new RegistryLogins(logins(settings), secrets));
  }

  /** References by registry; whether they resolve is seen when a registry is asked. */
  private static Map<String, String> logins(Settings settings) {
    Map<String, String> logins = new TreeMap<>();
    for (String entry : settings.list("TOWPATH_REGISTRY_LOGINS")) {
      if (entry.matches("[^=\\s]+=(env|file|aws-sm|aws-ssm):\\S+")) {
        logins.put(entry.replaceFirst("=.*$", ""), entry.replaceFirst("^[^=]*=", ""));
      } else {
        settings.problem(
            "TOWPATH_REGISTRY_LOGINS has an entry that is no host=reference; expected such as"
                + " ghcr.io=env:GHCR_LOGIN, and in that user:password");
      }
    }
    return logins;
  }

  /**
   * The connections by the executor's type and their own name.
   *
   * @param http shared client, which tells of its calls itself
   * @param calls is told of those of other clients
   * @param ledger fence and memory of what may have been sent
   * @param seqera those of Seqera, which the round trip has too
   */
  Map<String, Map<String, ContainerExecutor>> executors(
      OkHttpClient http,
      PlatformCalls calls,
      SubmitLedger ledger,
      Map<String, ContainerExecutor> seqera) {
    return Map.of(
        "docker", each(docker, engine -> new DockerExecutor(http, engine, secrets, logins)),
        "podman", each(podman, engine -> new DockerExecutor(http, engine, secrets, logins)),
        "aws-batch", each(aws, account -> new BatchExecutor(account, calls)),
        "aws-ecs", each(aws, account -> new EcsExecutor(account, calls, ledger)),
        "kubernetes", each(kubernetes, cluster -> new KubernetesExecutor(cluster, calls, secrets)),
        "seqera", seqera);
  }

  /**
   * What there is to look at, each once: Seqera has connections of its own, and podman's may be
   * those of Docker.
   *
   * @param executors by type and name
   */
  Map<String, Examined> examined(Map<String, Map<String, ContainerExecutor>> executors) {
    Map<String, Examined> found = new TreeMap<>();
    executors.forEach((type, some) -> found.put(type, new ExaminedExecutors(some)));
    found.remove("seqera");
    if (podman.equals(docker)) {
      found.remove("podman");
    }
    return found;
  }

  private static <T> Map<String, ContainerExecutor> each(
      Map<String, T> connections, Function<T, ContainerExecutor> connect) {
    Map<String, ContainerExecutor> connected = new TreeMap<>();
    connections.forEach((name, one) -> connected.put(name, connect.apply(one)));
    return connected;
  }

  private static Map<String, DockerConnection> engines(Settings settings, String variable) {
    String network = settings.first("TOWPATH_DOCKER_NETWORK").orElse("");
    String logSize = settings.first("TOWPATH_DOCKER_LOG_SIZE").orElse(DockerConnection.LOG_SIZE);
    Map<String, Long> ulimits = ulimits(settings);
    Map<String, DockerConnection> found = new TreeMap<>();
    settings
        .named(variable)
        .forEach(
            (name, text) -> {
              try {
                found.put(name, new DockerConnection(URI.create(text), network, ulimits, logSize));
              } catch (IllegalArgumentException e) {
                settings.problem(
                    variable
                        + (name.equals(Settings.DEFAULT) ? "" : "_" + name.toUpperCase(Locale.ROOT))
                        + " or TOWPATH_DOCKER_LOG_SIZE cannot be used: "
                        + e.getMessage());
              }
            });
    return found;
  }

  private static Map<String, Long> ulimits(Settings settings) {
    Map<String, Long> ulimits = new TreeMap<>();
    for (String entry : settings.list("TOWPATH_DOCKER_ULIMITS")) {
      if (entry.matches("[a-z]+=\\d{1,12}")) {
        ulimits.put(entry.replaceFirst("=.*$", ""), Long.valueOf(entry.replaceFirst("^.*=", "")));
      } else {
        settings.problem(
            "TOWPATH_DOCKER_ULIMITS has \""
                + entry
                + "\"; expected name=number, such as nofile=1000");
      }
    }
    return ulimits;
  }

  private static Map<String, Config> clusters(Settings settings) {
    Optional<String> file = settings.first("KUBECONFIG");
    if (file.isPresent()) {
      return settings.parsed(
          "KUBECONFIG",
          file.get(),
          path -> Kubeconfig.contexts(Path.of(path)),
          Map.of(),
          "the path of one kubeconfig");
    }
    return settings.first("KUBERNETES_SERVICE_HOST").isPresent()
        ? Kubeconfig.inCluster()
        : Map.of();
  }
}
