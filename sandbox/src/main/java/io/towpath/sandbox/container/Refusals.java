package io.towpath.sandbox.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;

/** Errors as the Docker daemon writes them. */
final class Refusals {
  private Refusals() {}

  static Reply reply(int status, String message) {
    return Reply.json(status, JsonNodeFactory.instance.objectNode().put("message", message));
  }

  static ReplyException bad(String message) {
    return new ReplyException(reply(400, message));
  }

  static ReplyException missing(String message) {
    return new ReplyException(reply(404, message));
  }

  static ReplyException conflict(String message) {
    return new ReplyException(reply(409, message));
  }
}
