package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.util.List;

/** The user, the rate limit and the groups that pay. */
final class AccountRoutes {
  private final Realm realm;
  private final RateWindow window;

  AccountRoutes(Realm realm, RateWindow window) {
    this.realm = realm;
    this.window = window;
  }

  void register(RouteTable table) {
    table.reading("GET", "/user", request -> user(request, realm.settings.user()));
    table.reading("GET", "/users/{username}", this::named);
    table.reading("GET", "/rate_limit", request -> request.one(200, limits()));
    table.reading(
        "GET",
        "/billing/groups",
        request ->
            request.page(
                List.of(Realm.BILLING_GROUP), id -> billing(request, id), "href", "id", "name"));
    table.reading("GET", "/billing/groups/{id}", this::group);
  }

  private Reply named(Request request) {
    String name = request.variable("username");
    if (!name.equals(realm.settings.user())) {
      throw Refusal.NO_USER.thrown();
    }
    return user(request, name);
  }

  private static Reply user(Request request, String name) {
    ObjectNode user = Fields.object().put("href", request.href("/users/" + name));
    user.put("username", name).put("email", name + "@towpath.invalid");
    user.put("first_name", "Towpath").put("last_name", "Demo").put("affiliation", "Towpath");
    for (String unset : List.of("phone", "address", "city", "state", "zip_code", "country")) {
      user.put(unset, "");
    }
    return request.one(200, user);
  }

  private ObjectNode limits() {
    ObjectNode limits = Fields.object();
    limits
        .putObject("rate")
        .put("limit", RateWindow.MOST)
        .put("remaining", window.remaining())
        .put("reset", window.reset());
    limits.putObject("instance_limit").put("limit", -1).put("remaining", -1);
    return limits;
  }

  private Reply group(Request request) {
    String id = request.variable("id");
    if (!Realm.isUuid(id)) {
      throw Refusal.MALFORMED_BILLING.thrown();
    }
    if (!id.equals(Realm.BILLING_GROUP)) {
      throw Refusal.NO_BILLING.thrown();
    }
    return request.one(200, billing(request, id));
  }

  private ObjectNode billing(Request request, String id) {
    ObjectNode group = Fields.object().put("href", request.href("/billing/groups/" + id));
    group.put("id", id).put("owner", realm.settings.user()).put("name", Realm.BILLING_NAME);
    group.put("type", "FREE_CREDITS").put("pending", false).put("disabled", false);
    group.putObject("balance").put("currency", "USD").put("amount", 300.0);
    return group;
  }
}
