package io.towpath.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;

/** Errors as the distribution specification writes them. */
final class Refusals {
  private Refusals() {}

  static Reply reply(int status, String code, String message, JsonNode detail) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode error = body.putArray("errors").addObject();
    error.put("code", code).put("message", message).set("detail", detail);
    return Reply.json(status, body);
  }

  static Reply reply(int status, String code, String message) {
    return reply(status, code, message, JsonNodeFactory.instance.nullNode());
  }

  static ReplyException notFound(String code, String message, String name, String value) {
    ObjectNode detail = JsonNodeFactory.instance.objectNode().put(name, value);
    return new ReplyException(reply(404, code, message, detail));
  }
}
