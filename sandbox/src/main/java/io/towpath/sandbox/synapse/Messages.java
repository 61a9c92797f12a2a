package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** All messages between users, oldest first; guarded by the realm's lock. */
final class Messages {
  private static final List<String> TEXTS =
      List.of(
          "fileHandleId",
          "subject",
          "inReplyTo",
          "notificationUnsubscribeEndpoint",
          "userProfileSettingEndpoint",
          "to",
          "cc",
          "bcc");
  private static final List<String> FLAGS =
      List.of("withUnsubscribeLink", "withProfileSettingLink", "isNotificationMessage");

  private final List<Message> all = new ArrayList<>();
  private long lastId = 7_400_000;

  /** A message; {@code json} is what was sent, with the fields that Synapse adds. */
  record Message(String id, String from, List<String> to, ObjectNode json) {}

  Message add(SynapseAccount from, Instant now, ObjectNode given, List<String> to) {
    lastId++;
    String id = Long.toString(lastId);
    ObjectNode json = Json.object();
    for (String field : TEXTS) {
      Json.put(json, field, Json.text(given, field));
    }
    for (String field : FLAGS) {
      if (given.hasNonNull(field)) {
        json.put(field, Json.flag(given, field));
      }
    }
    to.forEach(json.putArray("recipients")::add);
    json.put("id", id).put("createdBy", from.userId()).put("createdOn", Json.date(now));
    json.put("inReplyToRoot", Json.text(given, "inReplyToRoot").orElse(id));
    Message message = new Message(id, from.userId(), to, json);
    all.add(message);
    return message;
  }

  List<Message> all() {
    return List.copyOf(all);
  }
}
