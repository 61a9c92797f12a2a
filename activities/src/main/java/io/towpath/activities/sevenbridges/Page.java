package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.ApiClient;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * One page of a listing.
 *
 * @param items what it shows
 * @param more whether the listing goes on after it
 */
record Page(List<JsonNode> items, boolean more) {
  /** Items of a page; a larger {@code limit} may be refused. */
  static final int LIMIT = 100;

  /** No listing that we ask for is as long; more means that paging does not end. */
  private static final int MOST_PAGES = 2_000;

  /**
   * The listing goes on while the platform links a next page or counts more. Its links are never
   * called: a link may lead to another host.
   */
  static Page of(ApiClient.Answer answer, int offset) {
    List<JsonNode> items = items(answer.body(), FailureKind.PLATFORM_UNAVAILABLE);
    boolean more = false;
    for (JsonNode link : answer.body().path("links")) {
      more |= link.path("rel").asText("").equals("next");
    }
    String total = answer.headers().get("X-Total-Matching-Query");
    if (total != null && total.strip().matches("\\d{1,9}")) {
      more |= offset + items.size() < Integer.parseInt(total.strip());
    }
    return new Page(items, more && !items.isEmpty());
  }

  /**
   * The items of an answer. One that has no list must not look like an empty one.
   *
   * @param otherwise what an answer without a list means
   */
  static List<JsonNode> items(JsonNode body, FailureKind otherwise) {
    if (!body.path("items").isArray()) {
      throw new PlatformException(otherwise, "Seven Bridges answered without a list of items");
    }
    List<JsonNode> items = new ArrayList<>();
    body.path("items").forEach(items::add);
    return items;
  }

  /**
   * Every item of every page, once, in the platform's order. Pages may shift while others work.
   *
   * @param ask gets the page at an offset
   */
  static List<JsonNode> all(IntFunction<Page> ask) {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    int offset = 0;
    for (int page = 0; page < MOST_PAGES; page++) {
      Page next = ask.apply(offset);
      next.items().forEach(item -> found.putIfAbsent(item.path("id").asText(), item));
      if (!next.more()) {
        return new ArrayList<>(found.values());
      }
      offset += next.items().size();
    }
    throw new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE,
        "Seven Bridges gave " + MOST_PAGES + " pages of one listing without an end");
  }
}
