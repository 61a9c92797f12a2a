package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.ApiAccount;
import io.towpath.activities.http.ApiClient;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.activities.http.Signed;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** How calls to a Seven Bridges platform are made: URLs, pages, bulks of one account. */
final class SevenBridgesApi {
  /** Most items of a bulk call. */
  static final int BULK = 100;

  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final int MOST_IN_A_WINDOW = 1_000;

  private final ApiAccount account;
  private final ApiClient api;

  SevenBridgesApi(OkHttpClient http, String name, SevenBridgesConnection connection) {
    this.account =
        new ApiAccount(
            name,
            HttpUrl.get(connection.endpoint().toString().replaceFirst("/+$", "")),
            new RateBudget(
                connection.quota().callsPerFiveMinutes(),
                MOST_IN_A_WINDOW,
                WINDOW,
                connection.quota().atOnce()),
            request ->
                Signed.by(connection.token(), request, "X-SBG-Auth-Token", "")
                    .newBuilder()
                    .header("Accept", "application/json")
                    .build(),
            new SevenBridgesDialect());
    this.api = new ApiClient(http, "Seven Bridges", account);
  }

  /** The account, for the adapter that mints under it. */
  ApiAccount account() {
    return account;
  }

  /** A URL below the API's root; each segment is encoded. */
  HttpUrl.Builder url(String... path) {
    HttpUrl.Builder url = account.base().newBuilder();
    for (String segment : path) {
      url.addPathSegment(segment);
    }
    return url;
  }

  /** The URL of something whose id holds slashes, such as {@code owner/project}. */
  HttpUrl.Builder in(String path, String id) {
    return url().addPathSegments(path).addPathSegments(id);
  }

  JsonNode get(HttpUrl.Builder url) {
    return api.get(url.build());
  }

  /** Empty where the platform says that there is no such thing. */
  Optional<JsonNode> find(HttpUrl.Builder url) {
    try {
      return Optional.of(get(url));
    } catch (PlatformException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The page of a listing at an offset. */
  Page page(HttpUrl.Builder url, int offset) {
    url.addQueryParameter("limit", String.valueOf(Page.LIMIT))
        .addQueryParameter("offset", String.valueOf(offset));
    return Page.of(api.answer(url.build()), offset);
  }

  JsonNode post(HttpUrl.Builder url, JsonNode body) {
    return api.post(url.build(), body);
  }

  /** Posts to a path that says it all; the platform's own client sends {@code null} then. */
  JsonNode act(String... path) {
    return api.post(url(path).build(), NullNode.getInstance());
  }

  JsonNode patch(HttpUrl.Builder url, JsonNode body) {
    return api.patch(url.build(), body);
  }

  /** Deletes; what is gone already is fine. */
  void delete(HttpUrl.Builder url) {
    try {
      api.delete(url.build());
    } catch (PlatformException e) {
      if (e.status() != 404) {
        throw e;
      }
    }
  }

  /**
   * Asks {@code POST /bulk/…/get} for up to {@link #BULK} ids: {@code resource} or {@code error} of
   * each, in the order asked.
   *
   * @param name what the body calls the ids
   */
  List<JsonNode> getAll(String path, String name, List<String> ids, String fields) {
    ObjectNode body = object();
    ArrayNode array = body.putArray(name);
    ids.forEach(array::add);
    HttpUrl url = in("bulk", path).addQueryParameter("fields", fields).build();
    return Page.items(api.query(url, body), FailureKind.PLATFORM_UNAVAILABLE);
  }

  /** Changes up to {@link #BULK} things: {@code resource} or {@code error} of each, in order. */
  List<JsonNode> changeAll(String path, List<ObjectNode> items) {
    ObjectNode body = object();
    body.putArray("items").addAll(items);
    return Page.items(api.post(in("bulk", path).build(), body), FailureKind.OUTCOME_UNKNOWN);
  }

  /** A field of what a creating call answered; without it nobody knows what was made. */
  static String required(JsonNode answer, String field) {
    String value = answer.path(field).asText("");
    if (value.isEmpty()) {
      throw new PlatformException(
          FailureKind.OUTCOME_UNKNOWN, "Seven Bridges answered a change without " + field);
    }
    return value;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
