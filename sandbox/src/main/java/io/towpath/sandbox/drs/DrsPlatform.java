package io.towpath.sandbox.drs;

import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Platform;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The GA4GH DRS server of CAVATICA in one profile, as one port of the sandbox. */
final class DrsPlatform implements Platform {
  private static final String BEARER = "Bearer ";

  private final DrsRegistry registry;
  private final List<Route> routes = new ArrayList<>();

  DrsPlatform(DrsRegistry registry, Profile profile) {
    this.registry = registry;
    ObjectRoutes objects = new ObjectRoutes(registry, profile);
    routes.addAll(objects.routes());
    if (profile.isLater()) {
      routes.addAll(new BulkRoutes(objects).routes());
    }
  }

  @Override
  public String name() {
    return "drs";
  }

  @Override
  public List<String> bases() {
    return List.of("/ga4gh/drs/v1");
  }

  @Override
  public List<Route> routes() {
    return List.copyOf(routes);
  }

  @Override
  public Authentication authenticate(Call call) {
    Optional<String> token =
        call.header("x-sbg-auth-token")
            .or(() -> call.header("authorization").flatMap(DrsPlatform::bearer));
    return token.filter(this::isValid).isPresent()
        ? Authentication.of(registry.settings.user())
        : Authentication.refused(Answers.drs(401, "The request is unauthorized."));
  }

  private static Optional<String> bearer(String header) {
    return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? Optional.of(header.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  private boolean isValid(String token) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8),
        registry.settings.token().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<Reply> throttle(Call call) {
    return Optional.empty();
  }

  @Override
  public Reply error(int status, String message) {
    return Answers.drs(status, message);
  }
}
