package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.containers.docker.DockerConnection;
import io.towpath.activities.secrets.SecretReferences;
import io.towpath.worker.settings.AwsSettings;
import io.towpath.worker.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ContainerSettingsTest {
  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: lab
      clusters: [{name: c, cluster: {server: 'https://k.example.org'}}]
      users: [{name: u, user: {token: a-token-of-the-test}}]
      contexts:
        - {name: lab, context: {cluster: c, user: u, namespace: release}}
        - {name: other, context: {cluster: c, user: u}}
      """;

  @TempDir private Path folder;

  @Test
  void nothing_set_means_no_executor() {
    ContainerSettings found = read(Map.of());

    assertThat(found.docker()).isEmpty();
    assertThat(found.podman()).isEmpty();
    assertThat(found.aws()).isEmpty();
    assertThat(found.kubernetes()).isEmpty();
    assertThat(found.registries()).isEmpty();
  }

  @Test
  void an_engine_serves_both_types_and_has_its_limits() {
    ContainerSettings found =
        read(
            Map.of(
                "DOCKER_HOST", "unix:///run/docker.sock",
                "DOCKER_HOST_LAB", "tcp://lab:2375",
                "TOWPATH_DOCKER_NETWORK", "host",
                "TOWPATH_DOCKER_ULIMITS", "nofile=1000, nproc=500"));

    assertThat(found.docker())
        .containsEntry(
            "default",
            new DockerConnection(
                URI.create("unix:///run/docker.sock"),
                "host",
                Map.of("nofile", 1_000L, "nproc", 500L),
                DockerConnection.LOG_SIZE))
        .containsKey("lab");
    assertThat(found.podman()).isEqualTo(found.docker());
  }

  @Test
  void podman_has_a_variable_of_its_own() {
    ContainerSettings found =
        read(
            Map.of(
                "DOCKER_HOST", "unix:///run/docker.sock",
                "CONTAINER_HOST", "unix:///run/podman.sock"));

    assertThat(named("default", found.podman()).host()).hasPath("/run/podman.sock");
    assertThat(named("default", found.docker()).host()).hasPath("/run/docker.sock");
  }

  @Test
  void aws_is_there_by_its_region_or_its_endpoints_and_not_by_a_store_elsewhere() {
    Map<String, String> stand =
        Map.of(
            "AWS_REGION", "us-east-1",
            "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1",
            "AWS_ENDPOINT_URL_BATCH", "http://127.0.0.1:2");

    assertThat(read(Map.of("AWS_REGION", "eu-west-1")).aws()).containsOnlyKeys("default");
    assertThat(named("default", read(stand).aws()).endpoints())
        .containsExactly(Map.entry("BATCH", URI.create("http://127.0.0.1:2")));
    assertThat(
            read(Map.of("AWS_REGION", "us-east-1", "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1"))
                .aws())
        .isEmpty();
    ContainerSettings two =
        read(Map.of("AWS_REGION", "eu-west-1", "AWS_PROFILE_LAB", "lab", "AWS_REGION_LAB", "x"));
    assertThat(named("lab", two.aws()).region()).contains("x");
  }

  @Test
  void each_context_of_a_kubeconfig_is_a_connection() throws IOException {
    Path file = Files.writeString(folder.resolve("config"), KUBECONFIG);

    ContainerSettings found = read(Map.of("KUBECONFIG", file.toString()));

    assertThat(found.kubernetes()).containsOnlyKeys("lab", "other", "default");
    assertThat(named("default", found.kubernetes()).getNamespace()).isEqualTo("release");
  }

  @Test
  void everything_bad_is_told_at_once() {
    Map<String, String> environment =
        Map.of(
            "DOCKER_HOST", "ssh://host",
            "DOCKER_HOST_LAB", "tcp://lab",
            "TOWPATH_DOCKER_ULIMITS", "nofile",
            "TOWPATH_REGISTRY_LOGINS", "ghcr.io=robot:password-of-the-test",
            "AWS_ENDPOINT_URL_ECS", "nowhere",
            "KUBECONFIG", folder.resolve("none").toString());
    Settings settings = new Settings(environment);

    read(settings);

    assertThat(settings.problems())
        .anyMatch(text -> text.startsWith("DOCKER_HOST "))
        .anyMatch(text -> text.startsWith("DOCKER_HOST_LAB "))
        .anyMatch(text -> text.startsWith("TOWPATH_DOCKER_ULIMITS "))
        .anyMatch(text -> text.startsWith("TOWPATH_REGISTRY_LOGINS "))
        .noneMatch(text -> text.contains("password-of-the-test"))
        .anyMatch(text -> text.startsWith("AWS_REGION "))
        .anyMatch(text -> text.startsWith("AWS_ENDPOINT_URL_ECS "))
        .anyMatch(text -> text.startsWith("KUBECONFIG "));
  }

  private static <T> T named(String name, Map<String, T> connections) {
    return Optional.ofNullable(connections.get(name)).orElseThrow();
  }

  private static ContainerSettings read(Map<String, String> environment) {
    Settings settings = new Settings(environment);
    ContainerSettings found = read(settings);
    assertThat(settings.problems()).isEmpty();
    return found;
  }

  private static ContainerSettings read(Settings settings) {
    return ContainerSettings.read(
        settings,
        AwsSettings.read(settings, AnonymousCredentialsProvider.create()),
        new SecretReferences(settings.environment(), Optional.empty()));
  }
}
