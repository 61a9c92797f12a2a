package io.towpath.activities.webhook;

import io.towpath.activities.config.Secret;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.Settle;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.notice.NoticeActivities;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import okhttp3.OkHttpClient;

/**
 * Messages to webhooks that take {@code {"text": …}}, as Slack's do. A webhook cannot be asked what
 * it got, so an unclear answer is not repeated, and the report says "perhaps sent". Its address is
 * a secret: whoever has it can write there.
 */
public final class WebhookNotices implements NoticeActivities {
  private static final String PREFIX = "webhook:";

  private final Map<String, Secret> addresses;
  private final OkHttpClient http;
  private final SubmitLedger ledger;
  private final SubmitOnce submit;

  /**
   * @param addresses by the names that requests know them by
   */
  public WebhookNotices(
      Map<String, Secret> addresses, OkHttpClient http, SubmitLedger ledger, Settle settle) {
    this.addresses = new TreeMap<>(addresses);
    this.http =
        http.newBuilder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .build();
    this.ledger = ledger;
    this.submit = new SubmitOnce(ledger, settle);
  }

  @Override
  public Sent send(Notice notice) {
    String name = notice.to().substring(PREFIX.length());
    Secret address = addresses.get(name);
    if (address == null) {
      return sent(
          notice,
          "not sent",
          "this worker has no webhook \""
              + name
              + "\"; it has "
              + new TreeSet<>(addresses.keySet())
              + " (TOWPATH_WEBHOOKS)");
    }
    try {
      submit.submit(new WebhookEffect(notice, address, http, ledger));
      return sent(notice, "sent", "");
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.RUN_STUCK) {
        return sent(notice, "perhaps sent", "its answer was unclear");
      }
      if (e.kind() == FailureKind.INPUT_REJECTED || e.kind() == FailureKind.ACCESS_DENIED) {
        return sent(notice, "not sent", String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private static Sent sent(Notice notice, String state, String why) {
    return new Sent(notice.to(), notice.event(), state, why);
  }
}
