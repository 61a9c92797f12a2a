package io.towpath.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which calls a fault strikes: after {@code skip} fitting ones, the next {@code times}.
 *
 * @param bodyMatches searched in the body; of streamed routes, and of calls whose body says
 *     nothing, in what the journal shows as request
 */
public record FaultRule(
    String platform,
    String route,
    long skip,
    long times,
    Optional<Pattern> bodyMatches,
    Fault fault,
    JsonNode shown) {
  private static final Set<String> FIELDS =
      Set.of("platform", "route", "skip", "times", "bodyMatches", "do");
  private static final Set<String> DO_FIELDS =
      Set.of("kind", "ms", "bytes", "code", "headers", "body", "to");

  /** Takes the route as rules name it. */
  public FaultRule {
    route = Platforms.plain(route);
  }

  /** Reads a rule, or says everything that is wrong with it. */
  static FaultRule read(JsonNode rule) {
    Problems problems = new Problems();
    if (!rule.isObject()) {
      problems.add("a fault rule is a JSON object");
      problems.throwIfAny();
    }
    problems.onlyFields(rule, "", FIELDS);
    String platform = problems.oneOf(rule, "", "platform", Platforms.ALL);
    String route = problems.text(rule, "", "route");
    long skip = problems.number(rule, "", "skip", 0, 0);
    long times = problems.number(rule, "", "times", 1, 1);
    Optional<Pattern> bodyMatches = Optional.empty();
    if (rule.hasNonNull("bodyMatches")) {
      bodyMatches =
          Optional.of(problems.pattern("bodyMatches", problems.text(rule, "", "bodyMatches")));
    }
    Fault fault = readFault(rule.path("do"), problems);
    problems.throwIfAny();
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.put("platform", platform).put("route", route).put("skip", skip).put("times", times);
    bodyMatches.ifPresent(regex -> shown.put("bodyMatches", regex.pattern()));
    shown.set("do", rule.path("do"));
    return new FaultRule(platform, route, skip, times, bodyMatches, fault, shown);
  }

  private static Fault readFault(JsonNode effect, Problems problems) {
    problems.onlyFields(effect, "do.", DO_FIELDS);
    String word = problems.text(effect, "do.", "kind");
    Optional<Fault.Kind> kind = Fault.Kind.of(word);
    if (kind.isEmpty() && !word.isEmpty()) {
      problems.add(
          "do.kind: "
              + word
              + " is none of "
              + String.join(
                  ", ", Arrays.stream(Fault.Kind.values()).map(Fault.Kind::word).toList()));
    }
    String needed = kind.map(Fault.Kind::required).orElse("");
    if (!needed.isEmpty() && !effect.hasNonNull(needed)) {
      problems.add("do." + needed + ": " + word + " needs it");
    }
    long code = problems.number(effect, "do.", "code", 100, 500);
    if (code > 599) {
      problems.add("do.code: a status from 100 to 599 is required");
    }
    return new Fault(
        kind.orElse(Fault.Kind.REFUSE),
        problems.number(effect, "do.", "ms", 0, 0),
        problems.number(effect, "do.", "bytes", 0, 0),
        (int) code,
        headers(effect.path("headers"), problems),
        body(effect.path("body")),
        effect.hasNonNull("to") ? problems.text(effect, "do.", "to") : "");
  }

  private static Map<String, String> headers(JsonNode given, Problems problems) {
    Map<String, String> headers = new HashMap<>();
    if (given.isObject()) {
      given
          .properties()
          .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    } else if (!given.isMissingNode() && !given.isNull()) {
      problems.add("do.headers: an object of header values is required");
    }
    return Map.copyOf(headers);
  }

  private static Optional<String> body(JsonNode given) {
    if (given.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(given.isTextual() ? given.textValue() : given.toString());
  }

  /** Whether the rule is about such calls at all, whatever their bodies. */
  boolean isAbout(String calledPlatform, String calledRoute) {
    return platform.equals(calledPlatform) && route.equals(Platforms.plain(calledRoute));
  }

  boolean fits(String body) {
    return bodyMatches.map(regex -> regex.matcher(body).find()).orElse(true);
  }
}
