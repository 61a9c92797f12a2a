package io.towpath.activities.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.outside.OpenInternet;
import io.towpath.activities.secrets.SecretReferences;
import io.towpath.sandbox.http.PlatformServer;
import io.towpath.sandbox.image.ImageRegistry;
import io.towpath.sandbox.image.OciImage;
import io.towpath.sandbox.registry.RegistryPlatform;
import io.towpath.workflows.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageDigestsIT {
  private static final String LOGIN = "robot:password-of-the-test";

  private final SandboxFaults faults = new SandboxFaults();
  private final ImageRegistry images = new ImageRegistry();
  private PlatformServer registry;
  private String digest = "";

  @BeforeAll
  void start() {
    OciImage image =
        OciImage.build(List.of(), JsonNodeFactory.instance.objectNode(), List.of("amd64"));
    digest = images.publish("demo/tool", "1.0", image);
    images.publish("demo/private", "1.0", image);
    images.protect("demo/private", LOGIN);
    registry =
        faults.serve(new RegistryPlatform(images, InstantSource.system(), Duration.ofMinutes(5)));
  }

  @AfterAll
  void stop() {
    registry.close();
  }

  @Test
  void a_tag_is_pinned_with_an_anonymous_token() {
    assertThat(digests(Set.of(host())).pinned(host() + "/demo/tool:1.0"))
        .isEqualTo(host() + "/demo/tool@" + digest);
  }

  @ParameterizedTest
  @ValueSource(strings = {LOGIN, "config.json"})
  void a_private_image_is_pinned_with_the_workers_login(String form) {
    String config =
        "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}"
            .formatted(
                host(), Base64.getEncoder().encodeToString(LOGIN.getBytes(StandardCharsets.UTF_8)));

    assertThat(
            digests(Set.of(host()), Map.of("LOGIN", form.equals(LOGIN) ? form : config))
                .pinned(host() + "/demo/private:1.0"))
        .isEqualTo(host() + "/demo/private@" + digest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"robot:wrong-password", "no login at all", "{\"auths\":{}}", ""})
  void a_login_that_is_wrong_is_told_and_not_shown(String login) {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(
            () ->
                digests(Set.of(host()), Map.of("LOGIN", login))
                    .pinned(host() + "/demo/private:1.0"))
        .satisfies(e -> assertThat(e.kind()).isNotEqualTo(FailureKind.PLATFORM_UNAVAILABLE))
        .satisfies(
            e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("wrong-password"));
  }

  @Test
  void a_registry_that_wants_the_login_itself_gets_it() throws Exception {
    try (MockWebServer plain = new MockWebServer()) {
      plain.start();
      plain.enqueue(
          new MockResponse.Builder()
              .code(401)
              .addHeader("WWW-Authenticate", "Basic realm=\"registry\"")
              .build());
      plain.enqueue(new MockResponse.Builder().addHeader("Docker-Content-Digest", digest).build());

      assertThat(of(plain).pinned(hostOf(plain) + "/demo/tool:1.0")).endsWith("@" + digest);

      assertThat(plain.takeRequest().getHeaders().get("Authorization")).isNull();
      assertThat(plain.takeRequest().getHeaders().get("Authorization")).startsWith("Basic ");
    }
  }

  @Test
  void a_redirect_is_not_followed_and_nobody_else_gets_the_login() throws Exception {
    try (MockWebServer plain = new MockWebServer();
        MockWebServer elsewhere = new MockWebServer()) {
      plain.start();
      elsewhere.start();
      plain.enqueue(
          new MockResponse.Builder().code(307).addHeader("Location", elsewhere.url("/x")).build());

      assertThatExceptionOfType(PlatformException.class)
          .isThrownBy(() -> of(plain).pinned(hostOf(plain) + "/demo/tool:1.0"))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED))
          .withMessageContaining("HTTP 307");
      assertThat(elsewhere.getRequestCount()).isZero();
    }
  }

  private static String hostOf(MockWebServer server) {
    return "127.0.0.1:" + server.getPort();
  }

  private static ImageDigests of(MockWebServer server) {
    OkHttpClient http = new OkHttpClient();
    WorkerSecrets secrets =
        new WorkerSecrets(new SecretReferences(Map.of("LOGIN", LOGIN), Optional.empty()), Set.of());
    return new ImageDigests(
        http,
        new OpenInternet(http),
        Set.of(hostOf(server)),
        new RegistryLogins(Map.of(hostOf(server), "env:LOGIN"), secrets));
  }

  @Test
  void a_login_is_for_its_own_registry_only() {
    RegistryLogins logins =
        new RegistryLogins(
            Map.of("docker.io", "env:LOGIN"),
            new WorkerSecrets(
                new SecretReferences(Map.of("LOGIN", LOGIN), Optional.empty()), Set.of()));

    assertThat(logins.of("biocontainers/samtools:1.2")).isPresent();
    assertThat(logins.of(host() + "/demo/private:1.0")).isEmpty();
    assertThat(logins.of("biocontainers/samtools:1.2").orElseThrow().toString())
        .doesNotContain("password-of-the-test");
  }

  @Test
  void a_digest_is_not_asked_for() {
    String pinned = "nowhere.example.org/demo/tool@sha256:" + "0".repeat(64);

    assertThat(digests(Set.of()).pinned(pinned)).isEqualTo(pinned);
  }

  @Test
  void a_tag_that_is_not_there_is_the_requests_mistake() {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> digests(Set.of(host())).pinned(host() + "/demo/tool:2.0"))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED))
        .withMessageContaining("no such name or tag");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:%d/demo/tool:1.0", "localhost:%d/demo/tool:1.0"})
  void a_request_cannot_make_the_worker_ask_its_own_network(String image) {
    int before = faults.calls("HEAD /v2/{name}/manifests/{reference}");

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> digests(Set.of()).pinned(image.formatted(registry.uri().getPort())))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED))
        .withMessageContaining("no host on the open internet");
    assertThat(faults.calls("HEAD /v2/{name}/manifests/{reference}")).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "UPPER", "a b", "name:", "name@sha256:12", "-name", "http://x/y"})
  void what_is_no_image_is_told(String image) {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> digests(Set.of()).pinned(image))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED))
        .withMessageContaining("is no image");
  }

  @Test
  void names_are_read_as_docker_reads_them() {
    assertThat(ImageName.of("busybox"))
        .extracting(ImageName::host, ImageName::path, ImageName::tag)
        .containsExactly("registry-1.docker.io", "library/busybox", "latest");
    assertThat(ImageName.of("biocontainers/samtools:1.2"))
        .extracting(ImageName::host, ImageName::path, ImageName::tag)
        .containsExactly("registry-1.docker.io", "biocontainers/samtools", "1.2");
    assertThat(ImageName.of("ghcr.io/sage/tool:v1"))
        .extracting(ImageName::host, ImageName::path, ImageName::tag)
        .containsExactly("ghcr.io", "sage/tool", "v1");
    assertThat(ImageName.of("localhost/tool:1"))
        .extracting(ImageName::host, ImageName::path)
        .containsExactly("localhost", "tool");
  }

  private String host() {
    return registry.uri().getAuthority();
  }

  private ImageDigests digests(Set<String> trusted) {
    return digests(trusted, Map.of());
  }

  private ImageDigests digests(Set<String> trusted, Map<String, String> environment) {
    OkHttpClient http = new OkHttpClient();
    WorkerSecrets secrets =
        new WorkerSecrets(new SecretReferences(environment, Optional.empty()), Set.of());
    Map<String, String> logins = environment.isEmpty() ? Map.of() : Map.of(host(), "env:LOGIN");
    return new ImageDigests(
        http, new OpenInternet(http), trusted, new RegistryLogins(logins, secrets));
  }
}
