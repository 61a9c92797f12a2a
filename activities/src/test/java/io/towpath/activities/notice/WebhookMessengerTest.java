package io.towpath.activities.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.config.Secret;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.MemoryLedger;
import io.towpath.activities.submit.Settles;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.notice.NoticeActivities.Notice;
import io.towpath.workflows.notice.NoticeActivities.Sent;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a webhook gets, counted there. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class WebhookMessengerTest {
  private static final String PATH = "/services/secret-of-the-address";
  private static final Claim CLAIM = new Claim("release-deploy/demo/test/1", 1, 1);

  @AutoClose private final MockWebServer server = new MockWebServer();
  private final MemoryLedger ledger = new MemoryLedger();
  private NoticeActivitiesImpl notices;

  @BeforeEach
  void start() throws IOException {
    server.start();
    notices = new NoticeActivitiesImpl(messenger());
  }

  /** Another worker, with the same ledger. */
  private WebhookMessenger messenger() {
    return new WebhookMessenger(
        Map.of("ops", new Secret(server.url(PATH).toString())),
        new OkHttpClient(),
        ledger,
        Settles.of(Duration.ofMillis(50)));
  }

  private static Notice notice(String to, String event) {
    return new Notice(CLAIM, "default", to, event, "Release 1", "It waits for you.");
  }

  @Test
  void a_message_is_sent_once_however_often_it_is_asked_for() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().code(200).body("ok").build());

    Sent first = notices.send(notice("webhook:ops", "succeeded"));
    Sent second = new NoticeActivitiesImpl(messenger()).send(notice("webhook:ops", "succeeded"));

    assertThat(first.state()).isEqualTo("sent");
    assertThat(second.state()).isEqualTo("sent");
    assertThat(server.getRequestCount()).isOne();
    assertThat(server.takeRequest().getBody().utf8())
        .isEqualTo("{\"text\":\"Release 1\\nIt waits for you.\"}");
  }

  @Test
  void another_event_is_another_message() {
    server.enqueue(new MockResponse.Builder().code(200).build());
    server.enqueue(new MockResponse.Builder().code(200).build());

    notices.send(notice("webhook:ops", "gate-a"));
    notices.send(notice("webhook:ops", "gate-b"));

    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 408, 0})
  void an_unclear_answer_is_perhaps_sent_and_never_repeated(int status) {
    MockResponse.Builder answer = new MockResponse.Builder().addHeader("Retry-After", "0");
    server.enqueue(
        status == 0
            ? answer.onResponseStart(new SocketEffect.CloseSocket()).build()
            : answer.code(status).build());

    Sent first = notices.send(notice("webhook:ops", "failed"));
    Sent second = new NoticeActivitiesImpl(messenger()).send(notice("webhook:ops", "failed"));

    assertThat(first.state()).isEqualTo("perhaps sent");
    assertThat(second.state()).isEqualTo("perhaps sent");
    assertThat(server.getRequestCount()).isOne();
    assertThat(first.why() + second.why()).doesNotContain("secret-of-the-address", "localhost");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 410})
  void a_refusal_is_not_sent_and_says_why_without_the_address(int status) {
    server.enqueue(new MockResponse.Builder().code(status).body("no_service").build());

    Sent sent = notices.send(notice("webhook:ops", "failed"));

    assertThat(sent.state()).isEqualTo("not sent");
    assertThat(sent.why()).contains("HTTP " + status).doesNotContain("secret-of-the-address");
  }

  @Test
  void a_throttled_message_is_sent_later() {
    server.enqueue(new MockResponse.Builder().code(429).build());
    server.enqueue(new MockResponse.Builder().code(200).build());
    Notice notice = notice("webhook:ops", "succeeded");

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> notices.send(notice))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE));

    assertThat(notices.send(notice).state()).isEqualTo("sent");
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void a_redirect_is_not_followed(int status) throws IOException {
    try (MockWebServer elsewhere = new MockWebServer()) {
      elsewhere.start();
      server.enqueue(
          new MockResponse.Builder()
              .code(status)
              .addHeader("Location", elsewhere.url("/"))
              .build());

      Sent sent = notices.send(notice("webhook:ops", "succeeded"));

      assertThat(sent.state()).isEqualTo("not sent");
      assertThat(sent.why()).contains("redirects are not followed");
      assertThat(elsewhere.getRequestCount()).isZero();
    }
  }

  @Test
  void a_request_names_webhooks_of_the_worker_and_no_addresses() {
    Sent sent = notices.send(notice("webhook:http://169.254.169.254/latest", "succeeded"));

    assertThat(sent.state()).isEqualTo("not sent");
    assertThat(sent.why()).contains("it has [ops]");
    assertThat(server.getRequestCount()).isZero();
  }
}
