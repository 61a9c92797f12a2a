package io.towpath.activities.drs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.ApiAccount;
import io.towpath.activities.http.ApiClient;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.workflows.failure.FailureKind;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * CAVATICA's semi-private calls that mint for datasets, which INCLUDE uses. Nothing of what they
 * made can be looked up.
 *
 * @see <a href="https://github.com/include-dcc/include-app-drs-registration">INCLUDE's script</a>
 */
final class DrsInternalClient {
  private final HttpUrl base;
  private final ApiClient plain;
  private final ApiClient advanced;

  DrsInternalClient(OkHttpClient http, ApiAccount account) {
    this.base = account.base();
    this.plain = new ApiClient(http, "Seven Bridges", account);
    this.advanced =
        new ApiClient(http, "Seven Bridges", account.with("X-SBG-Advance-Access", "advance"));
  }

  /** The quota of every call. */
  RateBudget quota() {
    return plain.quota();
  }

  /** {@code GET /user}: the name of the account. */
  String user() {
    return plain.get(url("user")).path("username").asText("");
  }

  /** {@code POST /drs-internal/objects/index/}; answers the object's {@code drs://} URI. */
  String index(ObjectNode object) {
    JsonNode answer = advanced.post(url("drs-internal/objects/index/"), object);
    String uri = answer.path("drsUri").asText("");
    if (uri.isEmpty()) {
      throw new PlatformException(
          FailureKind.OUTCOME_UNKNOWN,
          "Seven Bridges POST /drs-internal/objects/index/ answered without drsUri");
    }
    return uri;
  }

  /** {@code PATCH /drs-internal/datasets/{id}/publish}; may be repeated. Whether it is visible. */
  boolean publish(String dataset) {
    HttpUrl url =
        url("drs-internal/datasets")
            .newBuilder()
            .addPathSegment(dataset)
            .addPathSegment("publish")
            .build();
    return advanced
        .patch(url, JsonNodeFactory.instance.objectNode())
        .path("visible")
        .asBoolean(false);
  }

  private HttpUrl url(String path) {
    return base.newBuilder().addPathSegments(path).build();
  }
}
