package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Messages to users and teams; nothing keeps the same one from being sent twice. */
final class MessageRoutes {
  private static final int MOST_RECIPIENTS = 50;
  private static final int LIMIT = 10;
  private final Realm realm;

  MessageRoutes(Realm realm) {
    this.realm = realm;
  }

  void register(RouteTable table) {
    table.changing("POST", "/message", Scope.WRITE, this::send);
    table.get("/message/outbox", Scope.VIEW, this::outbox);
    table.get("/message/{id}", Scope.VIEW, this::one);
  }

  private Reply send(Request request) {
    ObjectNode given = request.body();
    List<String> to = Json.texts(given, "recipients").orElse(List.of());
    if (to.isEmpty() || to.size() > MOST_RECIPIENTS) {
      throw Refusals.badRequest(
          "recipients must have between 1 and " + MOST_RECIPIENTS + " entries");
    }
    if (!to.stream().allMatch(id -> id.matches("\\d+"))) {
      throw Refusals.badRequest("recipients must be ids of users or teams");
    }
    realm.handles.getOwn(Json.required(given, "fileHandleId"), request.caller());
    Messages.Message message = realm.messages.add(request.caller(), realm.now(), given, to);
    return Reply.json(201, message.json())
        .changed("message", message.id(), Json.text(given, "subject").orElse(""));
  }

  /** The caller's own messages; the order and its direction have to be named. */
  private Reply outbox(Request request) {
    String order =
        request
            .text("orderBy")
            .orElseThrow(() -> Refusals.badRequest("orderBy parameter is missing"));
    if (!List.of("SEND_DATE", "SUBJECT", "SENDER").contains(order)) {
      throw Refusals.badRequest("No enum constant MessageSortBy." + order);
    }
    List<JsonNode> sent = new ArrayList<>();
    for (Messages.Message message : realm.messages.all()) {
      if (message.from().equals(request.caller().userId())) {
        sent.add(message.json());
      }
    }
    if (order.equals("SUBJECT")) {
      sent.sort((a, b) -> a.path("subject").asText("").compareTo(b.path("subject").asText("")));
    }
    if (request.flag("descending", false)) {
      Collections.reverse(sent);
    }
    return Reply.json(
        200, Json.page(sent, request.query("offset", 0), request.query("limit", LIMIT)));
  }

  private Reply one(Request request) {
    return realm.messages.all().stream()
        .filter(message -> message.id().equals(request.id()))
        .filter(message -> isParty(message, request.caller()))
        .findFirst()
        .map(message -> Reply.json(200, message.json()))
        .orElseThrow(() -> Refusals.notFound("Message (" + request.id() + ") not found"));
  }

  private static boolean isParty(Messages.Message message, SynapseAccount caller) {
    return message.from().equals(caller.userId()) || message.to().contains(caller.userId());
  }
}
