package io.towpath.sandbox.indexd;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;

/** Errors in the form of the index routes, and of the DRS routes. */
final class Refusals {
  static final String NO_RECORD = "no record found";

  private Refusals() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static Reply reply(int status, String message) {
    return Reply.json(status, object().put("error", message));
  }

  static ReplyException user(String message) {
    return new ReplyException(reply(400, message));
  }

  static ReplyException missing(String message) {
    return new ReplyException(reply(404, message));
  }

  static ReplyException conflict(String message) {
    return new ReplyException(reply(409, message));
  }

  static Reply drs(int status, String message) {
    return Reply.json(status, object().put("msg", message).put("status_code", status));
  }

  static ReplyException refusedDrs(int status, String message) {
    return new ReplyException(drs(status, message));
  }
}
