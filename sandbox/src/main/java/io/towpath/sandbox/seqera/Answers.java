package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/** The platform's answers and refusals in their real shapes. */
final class Answers {
  private Answers() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array(Stream<? extends JsonNode> items) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(array::add);
    return array;
  }

  static ArrayNode texts(Iterable<String> items) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(array::add);
    return array;
  }

  static Reply ok(String name, JsonNode value) {
    return Reply.json(200, object().set(name, value));
  }

  static Reply noContent() {
    return Reply.empty(204);
  }

  static Reply message(int status, String message) {
    return Reply.json(status, object().put("message", message));
  }

  static ReplyException badRequest(String message) {
    return new ReplyException(message(400, message));
  }

  /** The answer to what the caller may not see, and to what does not exist. */
  static ReplyException forbidden() {
    return new ReplyException(message(403, "Forbidden"));
  }

  static ReplyException conflict(String message) {
    return new ReplyException(message(409, message));
  }

  /** Whole seconds in UTC, as the platform writes instants; null for none. */
  static void putTime(ObjectNode node, String name, Optional<Instant> time) {
    if (time.isPresent()) {
      node.put(name, time(time.orElseThrow()));
    } else {
      node.putNull(name);
    }
  }

  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static void putNulls(ObjectNode node, String... names) {
    for (String name : names) {
      node.putNull(name);
    }
  }
}
