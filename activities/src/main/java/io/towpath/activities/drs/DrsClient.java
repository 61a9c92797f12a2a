package io.towpath.activities.drs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.ApiAccount;
import io.towpath.activities.http.ApiClient;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of a GA4GH DRS server, versions 1.2 to 1.5, that Towpath uses. A server may answer
 * 202 with {@code Retry-After} and nothing yet; its times, which may lack a zone, are not read.
 */
final class DrsClient {
  private static final Duration NOT_YET = Duration.ofSeconds(10);

  private final HttpUrl base;
  private final ApiClient api;
  private final String name;
  private volatile @Nullable Integer mostObjects;

  /**
   * @param name of the server, for messages
   * @param account at the root of the server, below which {@code /ga4gh/drs/v1} lies
   */
  DrsClient(OkHttpClient http, String name, ApiAccount account) {
    this.base = account.base().newBuilder().addPathSegments("ga4gh/drs/v1").build();
    this.api = new ApiClient(http, name, account);
    this.name = name;
  }

  /** The server, for messages. */
  String name() {
    return name + " at " + base.host();
  }

  /** {@code GET /service-info}; needs no credential. */
  JsonNode serviceInfo() {
    return api.get(url("service-info").build());
  }

  /**
   * How many ids {@link #objects} takes at once, as the server itself says ({@code
   * maxBulkRequestLength}, from 1.4); 0 where it says nothing, or does not say what it is.
   */
  int mostObjects() {
    Integer known = mostObjects;
    if (known == null) {
      known = askedMostObjects();
      mostObjects = known;
    }
    return known;
  }

  private int askedMostObjects() {
    try {
      JsonNode info = serviceInfo();
      return info.path("maxBulkRequestLength")
          .asInt(info.path("drs").path("maxBulkRequestLength").asInt(0));
    } catch (PlatformException e) {
      if (e.kind().retryable()) {
        throw e;
      }
      return 0;
    }
  }

  /**
   * {@code POST /objects}: those of the objects that the server has and shows, by their ids. The
   * standard's name of the list is singular, and indexd's is plural.
   */
  Map<String, JsonNode> objects(List<String> ids) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ids.forEach(body.putArray("bulk_object_ids")::add);
    JsonNode answer = api.query(url("objects").build(), body);
    Map<String, JsonNode> objects = new HashMap<>();
    for (String list : List.of("resolved_drs_object", "resolved_drs_objects")) {
      answer.path(list).forEach(object -> objects.put(object.path("id").asText(""), object));
    }
    return objects;
  }

  /** {@code GET /objects/{id}}; empty where there is none. Slashes of an id go as they are. */
  Optional<JsonNode> object(String id) {
    try {
      return Optional.of(ready(api.answer(url("objects").addPathSegments(id).build()), "id"));
    } catch (PlatformException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * {@code GET /objects/{id}/access/{access id}}: the {@code url} that bytes are read from, signed,
   * and the {@code headers} that it wants.
   */
  JsonNode access(String id, String accessId) {
    HttpUrl url =
        url("objects")
            .addPathSegments(id)
            .addPathSegment("access")
            .addPathSegment(accessId)
            .build();
    return ready(api.answer(url), "url");
  }

  private JsonNode ready(ApiClient.Answer answer, String field) {
    if (answer.body().path(field).asText("").isEmpty()) {
      throw new PlatformException(
          FailureKind.PLATFORM_UNAVAILABLE,
          name() + " has no answer yet",
          202,
          Optional.of(retryAfter(answer.headers())),
          null);
    }
    return answer.body();
  }

  private static Duration retryAfter(Headers headers) {
    String seconds = headers.get("Retry-After");
    return seconds != null && seconds.strip().matches("[1-9]\\d{0,4}")
        ? Duration.ofSeconds(Long.parseLong(seconds.strip()))
        : NOT_YET;
  }

  private HttpUrl.Builder url(String segment) {
    return base.newBuilder().addPathSegment(segment);
  }
}
