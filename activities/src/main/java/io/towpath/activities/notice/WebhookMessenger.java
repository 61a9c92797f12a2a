package io.towpath.activities.notice;

import io.towpath.activities.config.Secret;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.Settle;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.notice.NoticeActivities.Notice;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import okhttp3.OkHttpClient;

/**
 * Messages to webhooks that take {@code {"text": …}}, as Slack's do. A webhook cannot be asked what
 * it got, so an unclear answer is not repeated, and the report says "perhaps sent". Its address is
 * a secret: whoever has it can write there.
 */
public final class WebhookMessenger implements Messenger {
  private static final String PREFIX = "webhook:";

  private final Map<String, Secret> addresses;
  private final OkHttpClient http;
  private final SubmitLedger ledger;
  private final SubmitOnce submit;

  /**
   * @param addresses by the names that requests know them by
   */
  public WebhookMessenger(
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
  public void send(Notice notice) {
    String name = notice.to().substring(PREFIX.length());
    Secret address = addresses.get(name);
    if (address == null) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "this worker has no webhook \""
              + name
              + "\"; it has "
              + new TreeSet<>(addresses.keySet())
              + " (TOWPATH_WEBHOOKS)");
    }
    submit.submit(new WebhookEffect(notice, address, http, ledger));
  }
}
