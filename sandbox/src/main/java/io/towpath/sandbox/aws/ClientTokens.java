package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers for a while what each {@code clientToken} was first used for. */
final class ClientTokens {
  /**
   * A first use.
   *
   * @param request all parameters but the token
   */
  record Use(ObjectNode request, ObjectNode answer, Instant at) {}

  private final InstantSource clock;
  private final Duration life;
  private final Map<String, Use> uses = new HashMap<>();

  ClientTokens(InstantSource clock, Duration life) {
    this.clock = clock;
    this.life = life;
  }

  /** The first use of a request's token, if it is remembered. */
  synchronized Optional<Use> first(ObjectNode request) {
    Instant oldest = clock.instant().minus(life);
    uses.values().removeIf(use -> !use.at().isAfter(oldest));
    return Optional.ofNullable(uses.get(token(request)));
  }

  synchronized void remember(ObjectNode request, ObjectNode answer) {
    if (!token(request).isEmpty()) {
      uses.put(token(request), new Use(parameters(request), answer, clock.instant()));
    }
  }

  /** What must be equal under one token. */
  static ObjectNode parameters(ObjectNode request) {
    ObjectNode parameters = request.deepCopy();
    parameters.remove("clientToken");
    return parameters;
  }

  private static String token(JsonNode request) {
    return request.path("clientToken").asText("");
  }
}
