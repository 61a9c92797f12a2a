package io.towpath.activities.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.towpath.activities.config.Secret;
import io.towpath.workflows.failure.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A token in a file that is replaced while the worker runs. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(30)
class SignedTest {
  private final MockWebServer server = new MockWebServer();
  @TempDir private Path folder;
  private Path file;
  private Secret secret;
  private ApiClient api;

  @BeforeEach
  void start() throws IOException {
    server.start();
    file = Files.writeString(folder.resolve("token"), "the-old-token\n");
    secret = new Secret("the-old-token", this::inFile);
    api =
        new ApiClient(
            new OkHttpClient(),
            "Platform",
            new RateBudget(1_000, Duration.ofSeconds(1), 8),
            request -> Signed.by(secret, request, "Authorization", "Bearer "),
            body -> body.path("message").asText(""));
  }

  private Optional<String> inFile() {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_refused_token_that_was_replaced_is_asked_with_again() throws Exception {
    refuse();
    refuse();
    server.enqueue(new MockResponse.Builder().body("{}").build());
    Files.writeString(file, "the-new-token\n");

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> api.post(url(), JsonNodeFactory.instance.objectNode()))
        .withMessageContaining("was replaced")
        .withMessageNotContainingAny("old-token", "new-token")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE))
        .satisfies(e -> assertThat(e.retryAfter()).isPresent());
    assertThat(secret.replaced("the-old-token")).as("others were refused meanwhile").isTrue();
    assertThat(kindOfRefusal()).isEqualTo(FailureKind.ACCESS_DENIED);
    assertThat(api.get(url())).isEmpty();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sent.add(server.takeRequest().getHeaders().get("Authorization"));
    }
    assertThat(sent)
        .containsExactly("Bearer the-old-token", "Bearer the-new-token", "Bearer the-new-token");
  }

  @Test
  void a_refused_token_that_is_still_the_same_is_a_persons_business() throws IOException {
    refuse();
    refuse();
    assertThat(kindOfRefusal()).isEqualTo(FailureKind.ACCESS_DENIED);

    Files.delete(file);
    assertThat(kindOfRefusal()).isEqualTo(FailureKind.ACCESS_DENIED);
  }

  @Test
  void a_store_that_is_out_of_reach_fails_no_call_for_good() {
    secret =
        new Secret(
            "the-old-token",
            () -> {
              throw new PlatformException(FailureKind.PLATFORM_UNAVAILABLE, "the store is down");
            });
    refuse();

    assertThat(kindOfRefusal()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE);
  }

  private FailureKind kindOfRefusal() {
    try {
      api.get(url());
      throw new AssertionError("it was not refused");
    } catch (PlatformException e) {
      return e.kind();
    }
  }

  private void refuse() {
    server.enqueue(new MockResponse.Builder().code(401).body("{}").build());
  }

  private HttpUrl url() {
    return server.url("/thing");
  }
}
