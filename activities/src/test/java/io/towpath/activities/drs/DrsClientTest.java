package io.towpath.activities.drs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.towpath.activities.http.ApiAccount;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.workflows.failure.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a DRS server may answer besides an object. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
class DrsClientTest {
  private static final String OBJECT = "/ga4gh/drs/v1/objects/";

  private HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  DrsClientTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private DrsClient client() {
    HttpUrl base = HttpUrl.get("http://127.0.0.1:" + server.getAddress().getPort());
    return new DrsClient(
        new OkHttpClient(),
        "DRS",
        new ApiAccount(
            "default",
            base,
            new RateBudget(1_000, Duration.ofSeconds(1), 4),
            request -> request.newBuilder().header("X-SBG-Auth-Token", "secret").build(),
            new DrsDialect()));
  }

  private void answers(String path, int status, String body, String... header) {
    server.createContext(
        path,
        exchange -> {
          asked.add(exchange.getRequestURI().getRawPath() + " " + token(exchange));
          if (header.length == 2) {
            exchange.getResponseHeaders().set(header[0], header[1]);
          }
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private static String token(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-SBG-Auth-Token"))
        .orElse("");
  }

  @Test
  void an_object_that_is_being_prepared_is_asked_for_again_when_the_server_says() {
    answers(OBJECT, 202, "", "Retry-After", "7");

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> client().object("a"))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE))
        .satisfies(e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(7)));
  }

  @Test
  void many_objects_are_asked_for_at_once_under_either_name_of_the_list() {
    answers("/ga4gh/drs/v1/service-info", 200, "{\"drs\":{\"maxBulkRequestLength\":50}}");
    answers(
        "/ga4gh/drs/v1/objects",
        200,
        "{\"resolved_drs_object\":[{\"id\":\"a\"}],\"resolved_drs_objects\":[{\"id\":\"b\"}],"
            + "\"unresolved_drs_objects\":[{\"error_code\":404,\"object_ids\":[\"c\"]}]}");
    DrsClient client = client();

    assertThat(client.mostObjects()).isEqualTo(50);
    assertThat(client.mostObjects()).isEqualTo(50);
    assertThat(client.objects(List.of("a", "b", "c"))).containsOnlyKeys("a", "b");
    assertThat(asked)
        .containsExactly("/ga4gh/drs/v1/service-info secret", "/ga4gh/drs/v1/objects secret");
  }

  @Test
  void a_server_that_refuses_to_say_what_it_is_is_asked_once() {
    answers("/ga4gh/drs/v1/service-info", 404, "{\"msg\":\"no\",\"status_code\":404}");
    DrsClient client = client();

    assertThat(client.mostObjects()).isZero();
    assertThat(client.mostObjects()).isZero();
    assertThat(asked).containsExactly("/ga4gh/drs/v1/service-info secret");
  }

  @Test
  void a_redirect_is_not_followed_and_the_token_stays() {
    answers("/elsewhere", 200, "{\"id\":\"a\"}");
    answers(
        OBJECT,
        302,
        "",
        "Location",
        "http://localhost:" + server.getAddress().getPort() + "/elsewhere");

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> client().object("a"))
        .withMessageContaining("HTTP 302");
    assertThat(asked).containsExactly(OBJECT + "a secret");
  }

  @Test
  void an_object_that_is_not_there_is_empty_and_ids_are_encoded() {
    answers(OBJECT, 404, "{\"msg\":\"no\",\"status_code\":404}");

    assertThat(client().object("dg.4DFC/a b?c")).isEmpty();
    assertThat(asked).containsExactly(OBJECT + "dg.4DFC/a%20b%3Fc secret");
  }

  @Test
  void a_refusal_has_the_words_of_the_server_and_no_query_of_a_signed_url() {
    answers(OBJECT, 500, "{\"msg\":\"see https://s3.example/x?X-Amz-Signature=abcdef\"}");

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> client().access("a", "s3"))
        .withMessageContaining("see https://s3.example/x?…");
  }
}
