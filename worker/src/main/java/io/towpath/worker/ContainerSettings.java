package io.towpath.worker;

import io.fabric8.kubernetes.client.Config;
import io.towpath.activities.containers.ContainerExecutor;
import io.towpath.activities.containers.RegistryLogins;
import io.towpath.activities.containers.WorkerSecrets;
import io.towpath.activities.containers.aws.AwsConnection;
import io.towpath.activities.containers.aws.AwsSecretStore;
import io.towpath.activities.containers.aws.BatchExecutor;
import io.towpath.activities.containers.aws.EcsExecutor;
import io.towpath.activities.containers.docker.DockerConnection;
import io.towpath.activities.containers.docker.DockerExecutor;
import io.towpath.activities.containers.kubernetes.Kubeconfig;
import io.towpath.activities.containers.kubernetes.KubernetesExecutor;
import io.towpath.activities.http.PlatformCalls;
import io.towpath.activities.submit.SubmitLedger;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;

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
  private static final String DEFAULT = "default";

  static ContainerSettings read(
      Settings settings, Map<String, String> environment, AwsCredentialsProvider credentials) {
    Map<String, DockerConnection> docker = engines(settings, environment, "DOCKER_HOST");
    Map<String, DockerConnection> podman = new TreeMap<>(docker);
    podman.putAll(engines(settings, environment, "CONTAINER_HOST"));
    Map<String, AwsConnection> aws = aws(settings, environment, credentials);
    WorkerSecrets secrets =
        new WorkerSecrets(
            environment, Optional.ofNullable(aws.get(DEFAULT)).map(AwsSecretStore::new));
    return new ContainerSettings(
        docker,
        podman,
        aws,
        clusters(settings),
        list(settings.first("TOWPATH_REGISTRY")),
        secrets,
        new RegistryLogins(logins(settings), secrets));
  }

  /** References by registry; whether they resolve is seen when a registry is asked. */
  private static Map<String, String> logins(Settings settings) {
    Map<String, String> logins = new TreeMap<>();
    for (String entry : list(settings.first("TOWPATH_REGISTRY_LOGINS"))) {
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

  private static <T> Map<String, ContainerExecutor> each(
      Map<String, T> connections, Function<T, ContainerExecutor> connect) {
    Map<String, ContainerExecutor> connected = new TreeMap<>();
    connections.forEach((name, one) -> connected.put(name, connect.apply(one)));
    return connected;
  }

  private static Map<String, DockerConnection> engines(
      Settings settings, Map<String, String> environment, String variable) {
    String network = settings.first("TOWPATH_DOCKER_NETWORK").orElse("");
    String logSize = settings.first("TOWPATH_DOCKER_LOG_SIZE").orElse(DockerConnection.LOG_SIZE);
    Map<String, Long> ulimits = ulimits(settings);
    Map<String, DockerConnection> found = new TreeMap<>();
    named(environment, variable)
        .forEach(
            (name, text) -> {
              try {
                found.put(name, new DockerConnection(URI.create(text), network, ulimits, logSize));
              } catch (IllegalArgumentException e) {
                settings.problem(
                    variable
                        + (name.equals(DEFAULT) ? "" : "_" + name.toUpperCase(Locale.ROOT))
                        + " or TOWPATH_DOCKER_LOG_SIZE cannot be used: "
                        + e.getMessage());
              }
            });
    return found;
  }

  private static Map<String, Long> ulimits(Settings settings) {
    Map<String, Long> ulimits = new TreeMap<>();
    for (String entry : list(settings.first("TOWPATH_DOCKER_ULIMITS"))) {
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

  /**
   * Amazon's own, or what endpoints are named; a store of S3 elsewhere is no sign of an account.
   */
  private static Map<String, AwsConnection> aws(
      Settings settings, Map<String, String> environment, AwsCredentialsProvider credentials) {
    Optional<String> region = settings.first("AWS_REGION", "AWS_DEFAULT_REGION");
    Map<String, AwsConnection> found = new TreeMap<>();
    boolean elsewhere =
        settings
            .first("AWS_ENDPOINT_URL_BATCH", "AWS_ENDPOINT_URL_ECS", "AWS_ENDPOINT_URL")
            .isPresent();
    if (elsewhere || (region.isPresent() && settings.first("AWS_ENDPOINT_URL_S3").isEmpty())) {
      found.put(DEFAULT, account(settings, region, credentials));
    }
    named(environment, "AWS_PROFILE")
        .forEach(
            (name, profile) -> {
              if (!name.equals(DEFAULT)) {
                Optional<String> own =
                    settings.first("AWS_REGION_" + name.toUpperCase(Locale.ROOT)).or(() -> region);
                found.put(name, account(settings, own, ProfileCredentialsProvider.create(profile)));
              }
            });
    return found;
  }

  private static AwsConnection account(
      Settings settings, Optional<String> region, AwsCredentialsProvider credentials) {
    if (region.isEmpty()) {
      settings.problem("AWS_REGION is not set: containers at AWS run in a region");
    }
    Map<String, URI> endpoints = new TreeMap<>();
    for (String service : AwsConnection.SERVICES) {
      endpoint(settings, "AWS_ENDPOINT_URL_" + service)
          .ifPresent(endpoint -> endpoints.put(service, endpoint));
    }
    return new AwsConnection(
        endpoints,
        region,
        credentials,
        settings.first("TOWPATH_ECS_LOG_GROUP").orElse(AwsConnection.LOG_GROUP));
  }

  private static Optional<URI> endpoint(Settings settings, String name) {
    return settings.first(name, "AWS_ENDPOINT_URL").isPresent()
        ? Optional.of(settings.url("http://localhost", name, "AWS_ENDPOINT_URL"))
        : Optional.empty();
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

  /** The variable itself is {@code default}; what follows it and a line is a name. */
  private static Map<String, String> named(Map<String, String> environment, String variable) {
    Map<String, String> found = new LinkedHashMap<>();
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (!value.isBlank() && name.equals(variable)) {
                found.put(DEFAULT, value.strip());
              } else if (!value.isBlank() && name.startsWith(variable + "_")) {
                found.put(
                    name.substring(variable.length() + 1).toLowerCase(Locale.ROOT), value.strip());
              }
            });
    return found;
  }

  private static Set<String> list(Optional<String> text) {
    return text.stream()
        .flatMap(entries -> Arrays.stream(entries.split(",", -1)))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
