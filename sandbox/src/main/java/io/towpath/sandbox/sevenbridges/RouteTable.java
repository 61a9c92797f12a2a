package io.towpath.sandbox.sevenbridges;

import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Endpoint;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;
import io.towpath.sandbox.http.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The routes, each with what every answer of the platform has: rate headers and a request id. */
final class RouteTable {
  /** What one route does, alone in the realm. */
  interface Handler {
    Reply handle(Request request);
  }

  private final Realm realm;
  private final RateWindow window;
  private final List<Route> routes = new ArrayList<>();

  RouteTable(Realm realm, RateWindow window) {
    this.realm = realm;
    this.window = window;
  }

  void reading(String method, String template, Handler handler) {
    reading(method, template, template, handler);
  }

  /**
   * Adds a route that changes nothing.
   *
   * @param name the template as the vendor writes it, where ids with slashes are one name
   */
  void reading(String method, String template, String name, Handler handler) {
    routes.add(
        Route.reading(method, template, call -> answer(call, handler))
            .labelled(method + " " + name));
  }

  void mutating(String method, String template, Handler handler) {
    mutating(method, template, template, handler);
  }

  void mutating(String method, String template, String name, Handler handler) {
    routes.add(
        Route.mutating(method, template, call -> answer(call, handler))
            .labelled(method + " " + name));
  }

  /** Adds a route of another service, whose answers get the same headers. */
  void add(Route other) {
    Endpoint endpoint =
        call -> {
          try {
            return complete(other.endpoint().handle(call));
          } catch (ReplyException refused) {
            return complete(refused.reply());
          }
        };
    Route route =
        other.mutating()
            ? Route.mutating(other.method(), other.template(), endpoint)
            : Route.reading(other.method(), other.template(), endpoint);
    routes.add(route.labelled(other.label()));
  }

  List<Route> routes() {
    return List.copyOf(routes);
  }

  /** Headers of every answer, also of refusals before any route. */
  Reply complete(Reply reply) {
    return window.on(reply).with("X-Request-Id", UUID.randomUUID().toString());
  }

  private Reply answer(Call call, Handler handler) {
    synchronized (realm) {
      Instant now = realm.settings.clock().instant();
      realm.agenda.catchUp(now);
      try {
        return complete(handler.handle(new Request(call, now)));
      } catch (Refused refused) {
        return complete(refused.reply());
      }
    }
  }
}
