package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.samples.PlatformView;
import io.towpath.activities.submit.Attempt;
import io.towpath.workflows.failure.FailureKind;
import java.util.function.Supplier;

/** Shows apps and volumes to whoever checks sheets, and heartbeats, for the quota may be short. */
public final class SevenBridgesView implements PlatformView {
  private final SevenBridgesAccounts accounts;
  private final Supplier<Attempt> attempts;

  /**
   * @param attempts the attempt that a method is called in, {@code Attempt::ofActivity} in a worker
   */
  public SevenBridgesView(SevenBridgesAccounts accounts, Supplier<Attempt> attempts) {
    this.accounts = accounts;
    this.attempts = attempts;
  }

  @Override
  public JsonNode app(String connection, String app) {
    attempts.get().heartbeat();
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
    return new VolumeListing(accounts.get(connection).client(), volume, attempts.get()::heartbeat)
        .list(prefix, mostPages);
  }
}
