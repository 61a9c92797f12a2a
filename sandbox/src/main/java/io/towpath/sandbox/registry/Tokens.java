package io.towpath.sandbox.registry;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Bearer tokens that let anybody pull, each for the repositories that it was asked for. */
final class Tokens {
  private record Grant(List<String> scopes, Instant until) {}

  private final InstantSource clock;
  private final Duration life;
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();

  Tokens(InstantSource clock, Duration life) {
    this.clock = clock;
    this.life = life;
  }

  Duration life() {
    return life;
  }

  Instant now() {
    return clock.instant();
  }

  String issue(List<String> scopes) {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    grants.put(token, new Grant(List.copyOf(scopes), now().plus(life)));
    return token;
  }

  /** The scopes of a token that is still good. */
  Optional<List<String>> scopes(String token) {
    return Optional.ofNullable(grants.get(token))
        .filter(grant -> now().isBefore(grant.until()))
        .map(Grant::scopes);
  }
}
