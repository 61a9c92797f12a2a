package io.towpath.sandbox.synapse;

import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Endpoint;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.util.ArrayList;
import java.util.List;

/** Builds routes that check scopes and headers, take the realm's lock and set the cookie. */
final class RouteTable {
  /** What a route does once the caller is known. */
  @FunctionalInterface
  interface Action {
    Reply answer(Request request) throws Exception;
  }

  private final Realm realm;
  private final Entrance entrance;
  private final List<Route> routes = new ArrayList<>();

  RouteTable(Realm realm) {
    this.realm = realm;
    this.entrance = new Entrance();
  }

  List<Route> routes() {
    return List.copyOf(routes);
  }

  /** A route that only reads, whatever its method. */
  void reading(String method, String template, Scope scope, Action action) {
    routes.add(Route.reading(method, template, endpoint(scope, action, true)));
  }

  void get(String template, Scope scope, Action action) {
    reading("GET", template, scope, action);
  }

  void changing(String method, String template, Scope scope, Action action) {
    routes.add(Route.mutating(method, template, endpoint(scope, action, true)));
  }

  /** A changing route that moves bytes and therefore takes the lock only where it must. */
  void changingUnlocked(String method, String template, Scope scope, Action action) {
    routes.add(Route.mutating(method, template, endpoint(scope, action, false)));
  }

  void open(String template, Action action) {
    routes.add(
        Route.reading("GET", template, endpoint(Scope.NONE, action, true)).withoutCredentials());
  }

  void add(Route route) {
    routes.add(route);
  }

  private Endpoint endpoint(Scope scope, Action action, boolean locked) {
    return call -> {
      Request request = entrance.admit(call, scope);
      Reply reply = locked ? lockedAnswer(action, request) : action.answer(request);
      return entrance.withSession(call, reply);
    };
  }

  private Reply lockedAnswer(Action action, Request request) throws Exception {
    synchronized (realm) {
      return action.answer(request);
    }
  }

  /** The session cookie for a refusal that no route made. */
  static Reply withSession(Call call, Reply reply) {
    return new Entrance().withSession(call, reply);
  }
}
