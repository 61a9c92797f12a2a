package io.towpath.sandbox.indexd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Endpoint;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The routes; each runs alone in the index. Reading needs no password. */
final class RouteTable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Index index;
  private final List<Route> routes = new ArrayList<>();

  RouteTable(Index index) {
    this.index = index;
  }

  void open(String method, String template, Endpoint endpoint) {
    routes.add(Route.reading(method, template, alone(endpoint)).withoutCredentials());
  }

  void mutating(String method, String template, Endpoint endpoint) {
    routes.add(Route.mutating(method, template, alone(endpoint)));
  }

  List<Route> routes() {
    return List.copyOf(routes);
  }

  private Endpoint alone(Endpoint endpoint) {
    return call -> {
      synchronized (index) {
        return endpoint.handle(call);
      }
    };
  }

  /** The body as JSON. */
  static JsonNode body(Call call) {
    try {
      JsonNode body = MAPPER.readTree(call.body());
      if (body.isMissingNode()) {
        throw Refusals.user("The browser (or proxy) sent a request that is not JSON.");
      }
      return body;
    } catch (JsonProcessingException e) {
      throw Refusals.user("Failed to decode JSON object: " + e.getOriginalMessage());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Reply nothing() {
    return Reply.text(200, "text/html; charset=utf-8", "");
  }
}
