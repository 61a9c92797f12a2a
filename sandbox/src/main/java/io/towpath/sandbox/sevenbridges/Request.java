package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One call with what the platform's routes all do: bodies, pages, {@code fields}, hrefs. */
final class Request {
  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 100;
  private static final int LARGEST_BULK = 100;

  private final Call call;
  private final Instant now;

  Request(Call call, Instant now) {
    this.call = call;
    this.now = now;
  }

  Instant now() {
    return now;
  }

  /** When listings begin to show what this call creates. */
  Instant visibleFrom() {
    return now.plus(call.hideFor());
  }

  String variable(String name) {
    return call.variable(name);
  }

  boolean hasVariable(String name) {
    return call.variables().containsKey(name);
  }

  Optional<String> query(String name) {
    return call.query(name).filter(value -> !value.isEmpty());
  }

  List<String> queries(String name) {
    return call.query().getOrDefault(name, List.of());
  }

  Set<String> queryNames() {
    return call.query().keySet();
  }

  boolean queryFlag(String name, boolean fallback) {
    return query(name).map(Boolean::parseBoolean).orElse(fallback);
  }

  boolean advanceAccess() {
    return call.header("x-sbg-advance-access").filter("advance"::equalsIgnoreCase).isPresent();
  }

  JsonNode tree() {
    return Fields.parse(call.body());
  }

  ObjectNode body() {
    return Fields.asObject(tree());
  }

  /** The URL of a resource on the host that the client called; the path is not encoded yet. */
  String href(String path) {
    String encoded =
        URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
    return base() + encoded;
  }

  /** How many items a page may have: 1 to 100, normally 50. */
  int limit() {
    int limit = number("limit", DEFAULT_PAGE);
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw Refusal.BAD_REQUEST.thrown("Bad request: limit must be 1 to 100.");
    }
    return limit;
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A page of what lies on a volume; the listing goes on by a token. */
  String volumeLink(String path, String prefix, String token) {
    StringBuilder link = new StringBuilder(href(path)).append('?');
    append(link, "prefix", prefix);
    append(link, "limit", String.valueOf(limit()));
    if (!token.isEmpty()) {
      append(link, "continuation_token", token);
    }
    queries("fields").forEach(value -> append(link, "fields", value));
    return link.substring(0, link.length() - 1);
  }

  private String base() {
    return "http://" + call.header("host").orElse("127.0.0.1") + "/v2";
  }

  /** One resource with the fields that the caller asked for, normally all. */
  Reply one(int status, ObjectNode full) {
    return Reply.json(status, chosen(full, List.of()));
  }

  /** A page of a listing; by default each item shows only few fields. */
  <T> Reply page(List<T> all, Function<T, ObjectNode> show, String... few) {
    int limit = limit();
    int offset = number("offset", 0);
    if (offset < 0) {
      throw Refusal.BAD_REQUEST.thrown("Bad request: offset must be at least 0.");
    }
    int from = Math.min(offset, all.size());
    int to = Math.min(all.size(), from + limit);
    ObjectNode page = Fields.object().put("href", link(limit, offset));
    ArrayNode items = page.putArray("items");
    all.subList(from, to).forEach(item -> items.add(chosen(show.apply(item), List.of(few))));
    ArrayNode links = page.putArray("links");
    if (to < all.size()) {
      addLink(links, "next", link(limit, to));
    }
    if (offset > 0) {
      addLink(links, "prev", link(limit, Math.max(0, offset - limit)));
    }
    return Reply.json(200, page).with("X-Total-Matching-Query", String.valueOf(all.size()));
  }

  private static void addLink(ArrayNode links, String rel, String href) {
    links.addObject().put("href", href).put("rel", rel).put("method", "GET");
  }

  /** A page of a listing that goes on by a token instead of an offset. */
  <T> Reply scroll(List<T> rest, Function<T, ObjectNode> show, Function<T, String> token) {
    List<T> shown = rest.subList(0, Math.min(rest.size(), LARGEST_PAGE));
    ObjectNode page = Fields.object().put("href", scrollLink(query("token").orElse("init")));
    ArrayNode items = page.putArray("items");
    shown.forEach(item -> items.add(chosen(show.apply(item), List.of())));
    ArrayNode links = page.putArray("links");
    if (shown.size() < rest.size()) {
      addLink(links, "next", scrollLink(token.apply(shown.get(shown.size() - 1))));
    }
    return Reply.json(200, page);
  }

  private String scrollLink(String token) {
    StringBuilder link = new StringBuilder(base()).append(call.rawPath()).append('?');
    append(link, "token", token);
    query("project").ifPresent(project -> append(link, "project", project));
    queries("fields").forEach(value -> append(link, "fields", value));
    return link.substring(0, link.length() - 1);
  }

  /** Shows every item, each of which may be refused on its own. */
  <T> Reply bulk(List<T> items, Function<T, ObjectNode> show) {
    return Reply.json(200, results(items, show, new ArrayList<>()));
  }

  /** Changes every item as far as it is not refused; the journal names those that were changed. */
  <T> Reply bulkChange(String type, List<T> items, Function<T, ObjectNode> act) {
    List<ObjectNode> done = new ArrayList<>();
    Reply reply = Reply.json(200, results(items, act, done));
    return done.isEmpty()
        ? reply
        : reply.changed(type, joined(done, one -> one.path("id")), joined(done, Request::named));
  }

  private <T> ObjectNode results(
      List<T> items, Function<T, ObjectNode> act, List<ObjectNode> done) {
    ObjectNode answer = Fields.object();
    ArrayNode results = answer.putArray("items");
    for (T item : items) {
      ObjectNode result = results.addObject();
      try {
        ObjectNode full = act.apply(item);
        done.add(full.deepCopy());
        result.set("resource", chosen(full, List.of()));
      } catch (Refused refused) {
        result.set("error", refused.error());
      }
    }
    return answer;
  }

  private static String joined(List<ObjectNode> done, Function<ObjectNode, JsonNode> field) {
    return done.stream().map(one -> field.apply(one).asText()).collect(Collectors.joining(","));
  }

  /** The name of a file, or of the one that a job makes. */
  private static JsonNode named(ObjectNode one) {
    JsonNode name = one.has("name") ? one.path("name") : one.at("/destination/name");
    return name.isMissingNode() ? one.at("/destination/location") : name;
  }

  /** The ids or items of a bulk call: 1 to 100. */
  List<JsonNode> bulkItems(String name) {
    JsonNode given = body().path(name);
    if (!given.isArray() || given.isEmpty() || given.size() > LARGEST_BULK) {
      throw Refusal.BAD_REQUEST.thrown(
          "Bad request: " + name + " must be an array of 1 to " + LARGEST_BULK + " items.");
    }
    List<JsonNode> items = new ArrayList<>();
    given.forEach(items::add);
    return items;
  }

  List<String> bulkIds(String name) {
    return Fields.textList(Fields.array().addAll(bulkItems(name)), name);
  }

  private ObjectNode chosen(ObjectNode full, List<String> few) {
    Set<String> asked = new LinkedHashSet<>();
    for (String value : queries("fields")) {
      Arrays.stream(value.split(",", -1)).map(String::strip).forEach(asked::add);
    }
    asked.remove("");
    if (asked.isEmpty()) {
      asked.addAll(few);
    }
    return asked.isEmpty() || asked.contains("_all") ? full : full.retain(asked);
  }

  private int number(String name, int fallback) {
    String text = query(name).orElse(String.valueOf(fallback));
    if (!text.matches("-?\\d{1,9}")) {
      throw Refusal.BAD_REQUEST.thrown("Bad request: " + name + " must be a number.");
    }
    return Integer.parseInt(text);
  }

  private String link(int limit, int offset) {
    StringBuilder link = new StringBuilder(base()).append(call.rawPath()).append('?');
    call.query()
        .forEach(
            (name, values) -> {
              if (!name.equals("limit") && !name.equals("offset")) {
                values.forEach(value -> append(link, name, value));
              }
            });
    append(link, "offset", String.valueOf(offset));
    append(link, "limit", String.valueOf(limit));
    return link.substring(0, link.length() - 1);
  }

  private static void append(StringBuilder link, String name, String value) {
    link.append(encoded(name)).append('=').append(encoded(value)).append('&');
  }
}
