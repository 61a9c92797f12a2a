package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.samples.PlatformView;
import io.towpath.workflows.failure.FailureKind;

/** Shows apps and volumes to whoever checks sheets. */
public final class SevenBridgesView implements PlatformView {
  private final SevenBridgesAccounts accounts;

  public SevenBridgesView(SevenBridgesAccounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public JsonNode app(String connection, String app) {
    return accounts
        .get(connection)
        .client()
        .app(app)
        .map(found -> found.path("raw"))
        .orElseThrow(
            () ->
                new PlatformException(
                    FailureKind.INPUT_REJECTED, "Seven Bridges has no app " + app));
  }

  @Override
  public Listing list(String connection, String volume, String prefix, int mostPages) {
    return new VolumeListing(accounts.get(connection).client(), volume).list(prefix, mostPages);
  }
}
