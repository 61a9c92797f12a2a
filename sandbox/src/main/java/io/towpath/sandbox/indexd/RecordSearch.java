package io.towpath.sandbox.indexd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code GET /index/}: all filters must hold; pages go on after the last did. */
final class RecordSearch {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int DEFAULT_PAGE = 100;
  private static final int LARGEST_PAGE = 1024;

  private final Index index;

  RecordSearch(Index index) {
    this.index = index;
  }

  void register(RouteTable table) {
    table.open("GET", "/index", this::list);
    table.open("GET", "/urls", this::urls);
  }

  private Reply list(Call call) {
    int limit = limit(call);
    Optional<String> ids = call.query("ids").filter(given -> !given.isEmpty());
    if (ids.isPresent()
        && Stream.of("start", "limit", "page").anyMatch(one -> call.query(one).isPresent())) {
      throw Refusals.user("pagination is not supported when ids is provided");
    }
    Optional<Long> page = number(call, "page");
    List<IndexRecord> found = new ArrayList<>(matching(call));
    if (ids.isPresent()) {
      List<String> wanted = named(ids.get());
      found.removeIf(record -> !wanted.contains(record.did));
    } else {
      if (page.isPresent()) {
        found.sort(Comparator.comparing(record -> record.field("updated_date").asText()));
      }
      long from = Math.min(found.size(), page.orElse(0L) * limit);
      found = found.stream().skip(from).limit(limit).toList();
    }
    ObjectNode json = echoed(call, limit, page);
    json.set("ids", ids.<JsonNode>map(given -> texts(given.split(","))).orElse(NullNode.instance));
    ArrayNode records = json.putArray("records");
    found.forEach(record -> records.add(record.json()));
    return Reply.json(200, json);
  }

  /** The dids that a list names, each with the prefix or without it as the index has it. */
  private List<String> named(String ids) {
    return Arrays.stream(ids.split(","))
        .flatMap(id -> index.find(id).stream())
        .map(record -> record.did)
        .toList();
  }

  private static ObjectNode echoed(Call call, int limit, Optional<Long> page) {
    ObjectNode json = Refusals.object().put("limit", limit);
    for (String name : List.of("start", "file_name", "version")) {
      json.put(name, call.query(name).orElse(null));
    }
    json.set("page", page.<JsonNode>map(n -> json.numberNode(n)).orElse(NullNode.instance));
    Optional<Long> size = number(call, "size");
    json.set("size", size.<JsonNode>map(n -> json.numberNode(n)).orElse(NullNode.instance));
    json.set("urls", texts(call.query().getOrDefault("url", List.of()).toArray(String[]::new)));
    for (String name : List.of("acl", "authz")) {
      json.set(name, call.query(name).<JsonNode>map(v -> listed(v)).orElse(NullNode.instance));
    }
    Map<String, String> hashes = pairs(call, "hash");
    json.set("hashes", hashes.isEmpty() ? NullNode.instance : MAPPER.valueToTree(hashes));
    json.set("metadata", MAPPER.valueToTree(pairs(call, "metadata")));
    json.set("urls_metadata", parsed(call, "urls_metadata").orElse(NullNode.instance));
    return json;
  }

  private List<IndexRecord> matching(Call call) {
    List<Predicate<IndexRecord>> filters = new ArrayList<>();
    filters.add(record -> !record.visibleFrom.isAfter(index.now()));
    call.query("start").ifPresent(did -> filters.add(record -> record.did.compareTo(did) > 0));
    number(call, "size").ifPresent(size -> filters.add(record -> record.size() == size));
    for (String name : List.of("file_name", "version", "uploader")) {
      call.query(name).ifPresent(value -> filters.add(record -> is(record.field(name), value)));
    }
    call.query()
        .getOrDefault("url", List.of())
        .forEach(url -> filters.add(record -> has(record.field("urls"), url)));
    pairs(call, "hash")
        .forEach(
            (type, value) -> {
              RecordRules.queriedHash(type, value);
              filters.add(record -> is(record.field("hashes").path(type), value));
            });
    pairs(call, "metadata")
        .forEach(
            (key, value) -> filters.add(record -> is(record.field("metadata").path(key), value)));
    for (String name : List.of("acl", "authz")) {
      call.query(name).ifPresent(value -> filters.add(record -> holds(record.field(name), value)));
    }
    parsed(call, "urls_metadata").ifPresent(wanted -> filters.add(one -> describes(one, wanted)));
    return index.records.values().stream()
        .filter(record -> filters.stream().allMatch(filter -> filter.test(record)))
        .toList();
  }

  /** Whether each wanted key is part of one of the URLs that have all that is wanted of it. */
  private static boolean describes(IndexRecord record, JsonNode wanted) {
    return wanted.properties().stream()
        .allMatch(
            want ->
                record.field("urls_metadata").properties().stream()
                    .filter(url -> url.getKey().contains(want.getKey()))
                    .anyMatch(
                        url ->
                            want.getValue().properties().stream()
                                .allMatch(
                                    v ->
                                        is(
                                            url.getValue().path(v.getKey()),
                                            v.getValue().asText()))));
  }

  private Reply urls(Call call) {
    ArrayNode urls = Refusals.object().arrayNode();
    for (IndexRecord record : matching(call)) {
      record
          .field("urls_metadata")
          .properties()
          .forEach(
              one -> urls.addObject().put("url", one.getKey()).set("metadata", one.getValue()));
    }
    ObjectNode json = Refusals.object().put("limit", limit(call)).put("start", 0);
    number(call, "size").ifPresent(size -> json.put("size", size));
    json.set("hashes", MAPPER.valueToTree(pairs(call, "hash")));
    json.set("urls", urls);
    return Reply.json(200, json);
  }

  private static int limit(Call call) {
    long limit = number(call, "limit", -1).orElse((long) DEFAULT_PAGE);
    if (limit < 0 || limit > LARGEST_PAGE) {
      throw Refusals.user("limit must be between 0 and 1024");
    }
    return (int) limit;
  }

  private static Optional<Long> number(Call call, String name) {
    Optional<Long> number = number(call, name, -1);
    if (number.filter(n -> n < 0).isPresent()) {
      throw Refusals.user(name + " must be > 0");
    }
    return number;
  }

  private static Optional<Long> number(Call call, String name, long least) {
    Optional<String> text = call.query(name);
    if (text.filter(given -> !given.matches("-?\\d{1,18}")).isPresent()) {
      throw Refusals.user(name + " must be an integer");
    }
    return text.map(Long::valueOf).map(value -> Math.max(value, least));
  }

  private static Map<String, String> pairs(Call call, String name) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : call.query().getOrDefault(name, List.of())) {
      int colon = pair.indexOf(':');
      if (colon < 0) {
        throw Refusals.user(name + " must be given as type:value");
      }
      pairs.put(pair.substring(0, colon), pair.substring(colon + 1));
    }
    return pairs;
  }

  private static Optional<JsonNode> parsed(Call call, String name) {
    try {
      Optional<String> text = call.query(name).filter(given -> !given.isEmpty());
      return text.isEmpty() ? Optional.empty() : Optional.of(MAPPER.readTree(text.get()));
    } catch (JsonProcessingException e) {
      throw Refusals.user(name + " must be a valid json string");
    }
  }

  private static boolean is(JsonNode value, String wanted) {
    return value.isTextual() && value.textValue().equals(wanted);
  }

  private static boolean has(JsonNode array, String wanted) {
    for (JsonNode item : array) {
      if (item.asText().equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** {@code null} finds the records whose list is empty. */
  private static boolean holds(JsonNode array, String wanted) {
    return wanted.equals("null")
        ? array.isEmpty()
        : Arrays.stream(wanted.split(",")).allMatch(one -> has(array, one));
  }

  private static ArrayNode listed(String value) {
    return value.equals("null") ? Refusals.object().arrayNode() : texts(value.split(","));
  }

  private static ArrayNode texts(String... items) {
    ArrayNode array = Refusals.object().arrayNode();
    Arrays.stream(items).forEach(array::add);
    return array;
  }
}
