package io.towpath.activities.drs;

import io.towpath.activities.http.ApiAccount;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.activities.http.Signed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** One indexd, with what was learned of it. */
final class IndexdServer {
  private static final int AT_ONCE = 8;

  /** How indexds older than the dates refuse them. */
  private static final Pattern UNKNOWN_FIELD =
      Pattern.compile("(?is).*additional properties.*content_.*");

  private final IndexdClient client;
  private final DrsClient drs;
  private final String host;
  private volatile boolean knowsDates = true;
  private volatile @Nullable DidForm form;

  /**
   * @param name of the connection that it was first seen at
   */
  IndexdServer(OkHttpClient http, String name, DrsConnection.Indexd indexd) {
    HttpUrl base = HttpUrl.get(indexd.endpoint());
    RateBudget budget = new RateBudget(indexd.callsPerSecond(), Duration.ofSeconds(1), AT_ONCE);
    ApiAccount open =
        new ApiAccount(name, base, budget, UnaryOperator.identity(), new DrsDialect());
    ApiAccount account =
        new ApiAccount(
            name,
            base,
            budget,
            request ->
                Signed.by(
                    indexd.credential(), request, "Authorization", IndexdServer::authorization),
            new DrsDialect());
    this.client = new IndexdClient(http, open, account);
    this.drs = new DrsClient(http, "indexd", open.at(withoutProxysPart(base), new DrsDialect()));
    this.host = base.host();
  }

  /** Gen3's proxy has the index below {@code /index/index}, but DRS at the root of the host. */
  private static HttpUrl withoutProxysPart(HttpUrl base) {
    String url = base.toString().replaceFirst("/index/?$", "");
    return HttpUrl.get(url);
  }

  private static String authorization(String credential) {
    return credential.contains(":")
        ? "Basic " + Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8))
        : "Bearer " + credential;
  }

  IndexdClient client() {
    return client;
  }

  DrsClient drs() {
    return drs;
  }

  /** How its own dids look, asked once. */
  DidForm form() {
    DidForm known = form;
    if (known == null) {
      known = DidForm.of(client.prefix(), host);
      form = known;
    }
    return known;
  }

  /** The record, if it is there; fails with {@code CONFLICT} when its did stands for another. */
  Optional<IndexdRecord> find(IndexdRecord wanted) {
    return client
        .record(wanted.did())
        .map(
            found -> {
              wanted.requireSame(found);
              return wanted;
            });
  }

  /** Adds a record; a server that clearly refuses the dates is sent it once more without them. */
  IndexdRecord add(IndexdRecord wanted) {
    if (knowsDates) {
      try {
        client.add(wanted.body(Instant.now()));
        return wanted;
      } catch (PlatformException e) {
        if (e.status() != 400 || !UNKNOWN_FIELD.matcher(String.valueOf(e.getMessage())).matches()) {
          throw e;
        }
        knowsDates = false;
      }
    }
    client.add(wanted.body());
    return wanted;
  }
}
