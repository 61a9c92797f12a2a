package io.towpath.activities.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.config.Secret;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(30)
class SevenBridgesClientTest {
  private static final String TOKEN = "token-of-ann-0123456789";

  private final MockWebServer server = new MockWebServer();
  private final MockWebServer elsewhere = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
    elsewhere.start();
  }

  @AfterEach
  void stop() {
    server.close();
    elsewhere.close();
  }

  @Test
  void the_token_goes_into_its_header_and_the_path_begins_at_the_endpoint() throws Exception {
    answer(200, "{'username':'ann'}");

    client().user();

    var request = server.takeRequest();
    assertThat(request.getHeaders().get("X-SBG-Auth-Token")).isEqualTo(TOKEN);
    assertThat(request.getUrl().encodedPath()).isEqualTo("/v2/user");
  }

  @Test
  void a_redirect_takes_the_token_nowhere() {
    for (int i = 0; i < 2; i++) {
      server.enqueue(
          new MockResponse.Builder()
              .code(302)
              .addHeader("Location", elsewhere.url("/v2/user"))
              .build());
    }

    assertThat(refused(() -> client().user()).kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE);
    assertThat(refused(() -> client().createFolder("p", "n")).kind())
        .isEqualTo(FailureKind.OUTCOME_UNKNOWN);
    assertThat(elsewhere.getRequestCount()).isZero();
  }

  @Test
  void a_listing_goes_on_by_offset_and_its_links_are_not_called() throws Exception {
    server.enqueue(page(List.of("a", "b"), 3));
    server.enqueue(page(List.of("c"), 3));

    List<JsonNode> all = Page.all(offset -> client().volumes(offset));

    assertThat(all).extracting(item -> item.path("id").asText()).containsExactly("a", "b", "c");
    assertThat(server.takeRequest().getUrl().queryParameter("offset")).isEqualTo("0");
    assertThat(server.takeRequest().getUrl().queryParameter("offset")).isEqualTo("2");
    assertThat(elsewhere.getRequestCount()).isZero();
  }

  @Test
  void what_shifted_to_the_next_page_counts_once() {
    server.enqueue(page(List.of("a", "b"), 4));
    server.enqueue(page(List.of("b", "c"), 4));

    assertThat(Page.all(offset -> client().volumes(offset))).hasSize(3);
  }

  @Test
  void an_answer_without_a_list_is_not_an_empty_one() {
    answer(200, "{}");
    answer(200, "{}");

    assertThat(refused(() -> client().volumes(0)).kind())
        .isEqualTo(FailureKind.PLATFORM_UNAVAILABLE);
    assertThat(refused(() -> client().createImports(List.of())).kind())
        .isEqualTo(FailureKind.OUTCOME_UNKNOWN);
  }

  @Test
  void a_volumes_next_page_is_asked_for_at_the_platform() throws Exception {
    answer(
        200,
        "{'items':[{'location':'x/a','metadata':{'size':3}}],'links':[{'next':'"
            + elsewhere.url("/list?prefix=x%2F&limit=100&continuation_token=t%2B1")
            + "'}]}");
    answer(200, "{'items':[{'location':'x/b'}],'links':[]}");

    var listing = new VolumeListing(client(), "ann/v", () -> {}).list("x/", 5);

    assertThat(listing.complete()).isTrue();
    assertThat(listing.objects()).hasSize(2);
    assertThat(listing.objects().get(0).sizeBytes()).hasValue(3);
    server.takeRequest();
    assertThat(server.takeRequest().getUrl().queryParameter("continuation_token")).isEqualTo("t+1");
    assertThat(elsewhere.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "400, 5030, CONFLICT",
    "400, 6003, CONFLICT",
    "403, 7007, CONFLICT",
    "400, 7010, CONFLICT",
    "404, 7011, CONFLICT",
    "400, 9108, CONFLICT",
    "400, 7024, INPUT_REJECTED",
    "400, 5002, INPUT_REJECTED",
    "400, 90002, ACCESS_DENIED",
    "404, 3001, ACCESS_DENIED",
    "400, 1000, PLATFORM_UNAVAILABLE",
    "400, 7000, OUTCOME_UNKNOWN",
    "503, 0, OUTCOME_UNKNOWN",
    "500, 5002, OUTCOME_UNKNOWN"
  })
  void a_documented_code_says_more_than_its_status(int status, int code, FailureKind kind) {
    answer(status, "{'status':%d,'code':%d,'message':'no'}".formatted(status, code));

    assertThat(refused(() -> client().createFolder("p", "n")).kind()).isEqualTo(kind);
  }

  @Test
  void what_the_platform_does_not_know_is_not_there() {
    answer(400, "{'code':6002,'message':'Requested app/revision does not exist.'}");

    assertThat(client().app("ann/lab/tool/7")).isEmpty();
  }

  @Test
  void a_refusal_is_told_with_its_code_and_the_request_and_without_the_token() {
    server.enqueue(
        new MockResponse.Builder()
            .code(403)
            .addHeader("X-Request-Id", "7f2c")
            .body(
                "{\"status\":403,\"code\":90002,\"message\":\"Forbidden.\","
                    + "\"more_info\":\"https://docs.cavatica.org/x#90002\"}")
            .build());

    assertThat(refused(() -> client().user()))
        .hasMessage(
            "Seven Bridges GET /v2/user answered HTTP 403: Forbidden. (code 90002), see"
                + " https://docs.cavatica.org/x#90002 (request 7f2c)");
  }

  @Test
  void maintenance_is_waited_out() {
    answer(503, "{'code':0,'message':'The Platform is currently under maintenance.'}");
    answer(503, "<html>Bad gateway</html>");

    assertThat(refused(() -> client().user()).retryAfter()).contains(Duration.ofMinutes(5));
    assertThat(refused(() -> client().user()).retryAfter()).isEmpty();
  }

  @Test
  void a_throttle_lasts_until_the_window_begins_anew() {
    server.enqueue(limited(new MockResponse.Builder().code(429), 0, 240).build());

    PlatformException throttled = refused(() -> client().user());

    assertThat(throttled.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE);
    assertThat(throttled.retryAfter().orElseThrow())
        .isBetween(Duration.ofSeconds(235), Duration.ofSeconds(243));
  }

  @Test
  void a_tenth_of_the_quota_is_left_to_people() {
    server.enqueue(limited(new MockResponse.Builder().body("{}"), 101, 200).build());
    server.enqueue(limited(new MockResponse.Builder().body("{}"), 100, 200).build());
    SevenBridgesClient client = client();
    client.user();
    client.user();

    PlatformException unsent = refused(client::user);

    assertThat(server.getRequestCount()).isEqualTo(2);
    assertThat(unsent).hasMessageContaining("not sent");
    assertThat(unsent.status()).isEqualTo(429);
    assertThat(unsent.retryAfter().orElseThrow())
        .isBetween(Duration.ofSeconds(190), Duration.ofSeconds(201));
  }

  @Test
  void actions_send_what_the_platforms_own_client_sends() throws Exception {
    answer(200, "{'id':'t'}");

    new TasksClient(api()).runTask("t");

    assertThat(server.takeRequest().getBody().utf8()).isEqualTo("null");
  }

  private static MockResponse.Builder limited(
      MockResponse.Builder answer, int remaining, int seconds) {
    return answer
        .addHeader("X-RateLimit-Limit", "1000")
        .addHeader("X-RateLimit-Remaining", String.valueOf(remaining))
        .addHeader("X-RateLimit-Reset", String.valueOf(Instant.now().getEpochSecond() + seconds));
  }

  private MockResponse page(List<String> ids, int total) {
    StringBuilder items = new StringBuilder();
    for (String id : ids) {
      items.append(items.isEmpty() ? "" : ",").append("{\"id\":\"").append(id).append("\"}");
    }
    return new MockResponse.Builder()
        .addHeader("X-Total-Matching-Query", String.valueOf(total))
        .body(
            "{\"items\":["
                + items
                + "],\"links\":[{\"rel\":\"prev\",\"href\":\""
                + elsewhere.url("/v2/storage/volumes")
                + "\"}]}")
        .build();
  }

  private void answer(int status, String json) {
    server.enqueue(new MockResponse.Builder().code(status).body(json.replace('\'', '"')).build());
  }

  private static PlatformException refused(ThrowingCallable call) {
    PlatformException refused = catchThrowableOfType(PlatformException.class, call);
    assertThat(refused).isNotNull();
    assertThat(refused.getMessage()).doesNotContain(TOKEN);
    return refused;
  }

  private SevenBridgesClient client() {
    return new SevenBridgesClient(api());
  }

  private SevenBridgesApi api() {
    return new SevenBridgesApi(
        new OkHttpClient(),
        "default",
        new SevenBridgesConnection(URI.create(server.url("/v2/").toString()), new Secret(TOKEN)));
  }
}
