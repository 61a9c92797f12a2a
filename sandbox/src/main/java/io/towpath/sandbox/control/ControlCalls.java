package io.towpath.sandbox.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What each call of the control port does (interface.md section 4). */
public final class ControlCalls {
  /**
   * An answer of the control port.
   *
   * @param body empty only with 204
   */
  record Answer(int status, Optional<JsonNode> body) {
    static Answer of(int status, JsonNode body) {
      return new Answer(status, Optional.of(body));
    }

    static Answer nothing() {
      return new Answer(204, Optional.empty());
    }
  }

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> RESETTABLE =
      List.of("requests", "effects", "faults", "plans", "stack");

  private final Journal journal;
  private final Counters counters;
  private final Faults faults;
  private final Plans plans;
  private final Map<String, Stack> stacks;
  private final Supplier<Map<String, String>> seed;

  /**
   * The calls over what all platforms share.
   *
   * @param stacks switches of maintenance by the platform's name
   */
  public ControlCalls(
      Journal journal,
      Counters counters,
      Faults faults,
      Plans plans,
      Map<String, Stack> stacks,
      Supplier<Map<String, String>> seed) {
    this.journal = journal;
    this.counters = counters;
    this.faults = faults;
    this.plans = plans;
    this.stacks = Map.copyOf(stacks);
    this.seed = seed;
  }

  Answer answer(String method, String path, String rawQuery, byte[] body) {
    String call = method + " " + (path.length() > 1 ? path.replaceAll("/+$", "") : path);
    return switch (call) {
      case "GET /seed" -> Answer.of(200, MAPPER.valueToTree(new TreeMap<>(seed.get())));
      case "GET /effects" -> Answer.of(200, effects(query(rawQuery)));
      case "GET /requests" -> Answer.of(200, requests());
      case "POST /faults" -> created(faults.add(FaultRule.read(json(body))));
      case "GET /faults" -> Answer.of(200, JSON.arrayNode().addAll(faults.list()));
      case "DELETE /faults" -> {
        faults.clear();
        yield Answer.nothing();
      }
      case "POST /plans" -> created(PlanRequest.read(json(body)).addTo(plans));
      case "GET /stack" -> Answer.of(200, stack(MAPPER.valueToTree(query(rawQuery))).show());
      case "POST /stack" -> Answer.of(200, switched(json(body)));
      case "POST /reset" -> Answer.of(200, reset(json(body)));
      default -> call.startsWith("DELETE /faults/") ? deleteFault(path) : unknown(method, path);
    };
  }

  private static Answer created(String id) {
    return Answer.of(201, JSON.objectNode().put("id", id));
  }

  private Answer deleteFault(String path) {
    String id = path.substring("/faults/".length());
    return faults.remove(id)
        ? Answer.nothing()
        : Answer.of(404, JSON.objectNode().put("error", "no fault " + id));
  }

  private static Answer unknown(String method, String path) {
    boolean known =
        Set.of("/seed", "/effects", "/requests", "/faults", "/plans", "/stack", "/reset")
            .contains(path);
    String message = known ? method + " is not allowed on " + path : "no such path: " + path;
    return Answer.of(known ? 405 : 404, JSON.objectNode().put("error", message));
  }

  /** The switch of the platform that is named; normally Synapse's. */
  private Stack stack(JsonNode request) {
    String platform = request.path("platform").asText("synapse");
    return Optional.ofNullable(stacks.get(platform))
        .orElseThrow(
            () ->
                new Problems.BadRequest(
                    "platform: " + platform + " has no maintenance, only " + stacks.keySet()));
  }

  private JsonNode switched(JsonNode request) {
    Stack stack = stack(request);
    ObjectNode state = MAPPER.createObjectNode();
    request
        .properties()
        .forEach(
            field -> {
              if (!field.getKey().equals("platform")) {
                state.set(field.getKey(), field.getValue());
              }
            });
    stack.apply(state);
    return stack.show();
  }

  private JsonNode effects(Map<String, String> query) {
    Problems problems = new Problems();
    problems.onlyFields(MAPPER.valueToTree(query), "", Set.of("platform", "route", "since"));
    long since = 0;
    try {
      since = Long.parseLong(query.getOrDefault("since", "0"));
    } catch (NumberFormatException notANumber) {
      problems.add("since: a sequence number is required");
    }
    if (query.containsKey("platform")) {
      problems.oneOf(MAPPER.valueToTree(query), "", "platform", Platforms.ALL);
    }
    problems.throwIfAny();
    Optional<String> platform = Optional.ofNullable(query.get("platform"));
    Optional<String> route = Optional.ofNullable(query.get("route")).map(Platforms::plain);
    Predicate<Journal.Effect> fits =
        effect ->
            platform.map(effect.platform()::equals).orElse(true)
                && route.map(Platforms.plain(effect.route())::equals).orElse(true);
    ArrayNode shown = JSON.arrayNode();
    journal.list(since, fits).forEach(effect -> shown.add(show(effect)));
    return shown;
  }

  private static ObjectNode show(Journal.Effect effect) {
    ObjectNode shown =
        JSON.objectNode()
            .put("seq", effect.seq())
            .put("at", effect.at().toString())
            .put("platform", effect.platform())
            .put("route", effect.route())
            .put("status", effect.status())
            .put("committed", effect.committed())
            .put("replied", effect.replied());
    shown.set("object", effect.object().<JsonNode>map(ControlCalls::show).orElse(JSON.nullNode()));
    shown.set("request", effect.request().orElse(JSON.nullNode()));
    return shown;
  }

  private static ObjectNode show(Journal.Target target) {
    return JSON.objectNode()
        .put("type", target.type())
        .put("id", target.id())
        .put("name", target.name());
  }

  private JsonNode requests() {
    ArrayNode shown = JSON.arrayNode();
    for (Counters.Count count : counters.list()) {
      shown
          .addObject()
          .put("platform", count.platform())
          .put("route", count.route())
          .put("status", count.status())
          .put("count", count.count());
    }
    return shown;
  }

  private JsonNode reset(JsonNode request) {
    Problems problems = new Problems();
    problems.onlyFields(request, "", Set.of("what"));
    JsonNode what = request.path("what");
    if (!what.isArray() || what.isEmpty()) {
      problems.add("what: a list of " + String.join(", ", RESETTABLE) + " is required");
    }
    for (JsonNode one : what) {
      if (!RESETTABLE.contains(one.asText())) {
        problems.add("what: " + one.asText() + " is none of " + String.join(", ", RESETTABLE));
      }
    }
    problems.throwIfAny();
    for (JsonNode one : what) {
      switch (one.asText()) {
        case "requests" -> counters.clear();
        case "effects" -> journal.clear();
        case "faults" -> faults.clear();
        case "stack" -> stacks.values().forEach(Stack::reset);
        default -> plans.clear();
      }
    }
    return JSON.objectNode().set("reset", what);
  }

  private static JsonNode json(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException notJson) {
      throw new Problems.BadRequest("the body is not JSON: " + notJson.getOriginalMessage());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new TreeMap<>();
    for (String pair : raw.split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        query.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
      }
    }
    return query;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new Problems.BadRequest("query: malformed percent-encoding in " + text);
    }
  }
}
