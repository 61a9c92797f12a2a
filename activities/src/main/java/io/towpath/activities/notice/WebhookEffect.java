package io.towpath.activities.notice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.towpath.activities.config.Secret;
import io.towpath.activities.http.OneShotJson;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.Effect;
import io.towpath.activities.submit.Once;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.notice.NoticeActivities.Notice;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** One message to one webhook, which only the ledger remembers. */
final class WebhookEffect implements Effect<String> {
  private static final String SENT = "sent";

  private final Notice notice;
  private final Secret address;
  private final OkHttpClient http;
  private final SubmitLedger ledger;

  WebhookEffect(Notice notice, Secret address, OkHttpClient http, SubmitLedger ledger) {
    this.notice = notice;
    this.address = address;
    this.http = http;
    this.ledger = ledger;
  }

  @Override
  public Claim claim() {
    return notice.claim();
  }

  @Override
  public String step() {
    return "notice-" + notice.event();
  }

  @Override
  public RunKey key() {
    return Once.key(notice.claim(), step(), notice.to());
  }

  @Override
  public boolean canDouble() {
    return true;
  }

  @Override
  public Duration horizon() {
    return Duration.ZERO;
  }

  @Override
  public Optional<String> find() {
    return ledger.recordedId(claim(), step(), key());
  }

  @Override
  public String send() {
    String text = notice.subject() + "\n" + notice.text();
    Request request =
        new Request.Builder()
            .url(address.reveal())
            .post(OneShotJson.of(JsonNodeFactory.instance.objectNode().put("text", text)))
            .build();
    try (Response response = http.newCall(request).execute()) {
      if (response.isSuccessful()) {
        return SENT;
      }
      throw refused(response.code());
    } catch (IOException e) {
      throw new PlatformException(
          FailureKind.OUTCOME_UNKNOWN,
          "the webhook gave no answer: " + e.getClass().getSimpleName());
    }
  }

  private static PlatformException refused(int status) {
    FailureKind kind =
        switch (status) {
          case 301, 302, 303, 307, 308 -> FailureKind.INPUT_REJECTED;
          case 400, 404, 410, 422 -> FailureKind.INPUT_REJECTED;
          case 401, 403 -> FailureKind.ACCESS_DENIED;
          case 429 -> FailureKind.PLATFORM_UNAVAILABLE;
          default -> FailureKind.OUTCOME_UNKNOWN;
        };
    String moved = status / 100 == 3 ? "; redirects are not followed, name its new address" : "";
    return new PlatformException(kind, "the webhook answered HTTP " + status + moved);
  }

  @Override
  public String idOf(String made) {
    return made;
  }
}
