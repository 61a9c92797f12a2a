package io.towpath.sandbox.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Platform;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.http.Router;
import io.towpath.sandbox.image.ImageRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A registry that is read with a token, by anybody where no login is asked for, as one port. */
public final class RegistryPlatform implements Platform {
  private static final String BEARER = "Bearer ";
  private static final String SERVICE = "towpath-registry";

  private final ImageRegistry registry;
  private final Tokens tokens;
  private final List<Route> routes = new ArrayList<>();

  /**
   * Serves what the registry holds.
   *
   * @param tokenLife how long a token is good
   */
  public RegistryPlatform(ImageRegistry registry, InstantSource clock, Duration tokenLife) {
    this.registry = registry;
    this.tokens = new Tokens(clock, tokenLife);
    routes.add(Route.reading("GET", "/v2", call -> Reply.json(200, object())));
    routes.add(Route.reading("GET", "/token", this::token).withoutCredentials());
    routes.addAll(new PullRoutes(registry).routes());
  }

  @Override
  public String name() {
    return "registry";
  }

  @Override
  public List<String> bases() {
    return List.of("");
  }

  @Override
  public List<Route> routes() {
    return List.copyOf(routes);
  }

  @Override
  public Router router() {
    return new RegistryRouter(routes);
  }

  /** Answers 401 with where a token is had, as public registries do also for public images. */
  @Override
  public Authentication authenticate(Call call) {
    String scope =
        Optional.ofNullable(call.variables().get("name"))
            .map(name -> "repository:" + name + ":pull")
            .orElse("");
    Optional<List<String>> granted =
        call.header("authorization")
            .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            .flatMap(header -> tokens.scopes(header.substring(BEARER.length()).strip()));
    if (granted.isPresent() && (scope.isEmpty() || granted.get().contains(scope))) {
      return Authentication.of("anybody");
    }
    String why = granted.isPresent() ? ",error=\"insufficient_scope\"" : "";
    String host = call.header("host").orElse("127.0.0.1");
    String challenge =
        "Bearer realm=\"http://"
            + host
            + "/token\",service=\""
            + SERVICE
            + "\""
            + (scope.isEmpty() ? "" : ",scope=\"" + scope + "\"")
            + why;
    return Authentication.refused(
        Refusals.reply(401, "UNAUTHORIZED", "authentication required")
            .with("WWW-Authenticate", challenge));
  }

  /** Of what was asked for the token grants what the login may pull; it may grant nothing. */
  private Reply token(Call call) {
    Optional<String> login = call.header("authorization").map(RegistryPlatform::login);
    if (login.isPresent() && !registry.knows(login.get())) {
      return Refusals.reply(401, "UNAUTHORIZED", "incorrect username or password");
    }
    List<String> scopes = new ArrayList<>();
    for (String asked : call.query().getOrDefault("scope", List.of())) {
      for (String scope : asked.split(" ", -1)) {
        String name = scope.replaceFirst("^repository:", "").replaceFirst(":[^:]*$", "");
        if (registry.mayPull(name, login.orElse(ImageRegistry.ANYBODY))) {
          scopes.add("repository:" + name + ":pull");
        }
      }
    }
    String token = tokens.issue(scopes);
    return Reply.json(
        200,
        object()
            .put("token", token)
            .put("access_token", token)
            .put("expires_in", tokens.life().toSeconds())
            .put("issued_at", tokens.now().toString()));
  }

  private static String login(String header) {
    try {
      return new String(
          Base64.getDecoder().decode(header.replaceFirst("(?i)^Basic +", "")),
          StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "none";
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public Optional<Reply> throttle(Call call) {
    return Optional.empty();
  }

  @Override
  public Reply error(int status, String message) {
    return switch (status) {
      case 404 -> Reply.text(404, "text/plain; charset=utf-8", "404 page not found\n");
      case 405 -> Refusals.reply(405, "UNSUPPORTED", "The operation is unsupported.");
      default -> Refusals.reply(status, "UNKNOWN", message);
    };
  }
}
