package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.ApiAccount;
import io.towpath.activities.http.ApiClient;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.activities.http.Signed;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Synapse's REST API as it is called: with one credential and its quota, one exchange for each
 * change, and a word for maintenance.
 */
final class SynapseApi {
  private static final int MOST_A_MINUTE = 600;
  private static final Duration MAINTENANCE = Duration.ofMinutes(2);

  private final ApiClient api;
  private final HttpUrl base;
  private final ApiAccount account;

  SynapseApi(OkHttpClient http, String name, SynapseConnection connection) {
    this.base = HttpUrl.get(connection.endpoint());
    this.account =
        new ApiAccount(
            name,
            base,
            new RateBudget(
                connection.quota().callsPerMinute(),
                MOST_A_MINUTE,
                Duration.ofMinutes(1),
                connection.quota().atOnce()),
            request -> Signed.by(connection.token(), request, "Authorization", "Bearer "),
            error -> error.path("reason").asText(""));
    this.api =
        new ApiClient(http.newBuilder().cookieJar(new SessionCookie()).build(), "Synapse", account);
  }

  ApiAccount account() {
    return account;
  }

  JsonNode get(HttpUrl url) {
    return asking(() -> api.get(url));
  }

  /** Reads by a POST that changes nothing. */
  JsonNode query(HttpUrl url, JsonNode body) {
    return asking(() -> api.query(url, body));
  }

  JsonNode post(HttpUrl url, JsonNode body) {
    return asking(() -> api.post(url, body));
  }

  JsonNode put(HttpUrl url, JsonNode body) {
    return asking(() -> api.put(url, body));
  }

  /** A 503 may be maintenance, in which every call is refused: says so, and waits for minutes. */
  private JsonNode asking(Supplier<JsonNode> call) {
    try {
      return call.get();
    } catch (PlatformException e) {
      if (e.status() != 503) {
        throw e;
      }
      throw maintenance(e).orElse(e);
    }
  }

  private Optional<PlatformException> maintenance(PlatformException refused) {
    try {
      JsonNode status = api.get(repo("status").build());
      String word = status.path("status").asText("READ_WRITE");
      if (word.equals("READ_WRITE")) {
        return Optional.empty();
      }
      return Optional.of(
          new PlatformException(
              refused.kind(),
              "Synapse is " + word + ": " + status.path("currentMessage").asText("maintenance"),
              refused.status(),
              Optional.of(MAINTENANCE),
              refused));
    } catch (PlatformException e) {
      return Optional.empty();
    }
  }

  HttpUrl.Builder repo(String first) {
    return base.newBuilder().addPathSegments("repo/v1").addPathSegment(first);
  }

  HttpUrl.Builder file(String first) {
    return base.newBuilder().addPathSegments("file/v1").addPathSegment(first);
  }
}
