package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;

/** Synapse's refusals: the status and body of BaseControllerExceptionHandlerAdvice. */
final class Refusals {
  private Refusals() {}

  static Reply reply(int status, String reason) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("concreteType", "org.sagebionetworks.repo.model.ErrorResponse");
    body.put("reason", reason);
    return Reply.json(status, body);
  }

  static ReplyException of(int status, String reason) {
    return new ReplyException(reply(status, reason));
  }

  static ReplyException badRequest(String reason) {
    return of(400, reason);
  }

  static ReplyException forbidden(String reason) {
    return of(403, reason);
  }

  static ReplyException notFound(String reason) {
    return of(404, reason);
  }

  static ReplyException conflict(String reason) {
    return of(409, reason);
  }

  static ReplyException stale(String object) {
    return of(
        412,
        "Object: "
            + object
            + " was updated since you last fetched it, retrieve it again and re-apply the update");
  }

  /** The throttle's body, which has a reason only. */
  static Reply throttled(String reason) {
    return Reply.json(429, JsonNodeFactory.instance.objectNode().put("reason", reason));
  }

  static ReplyException insufficientScope(String scopes) {
    String description = "Request lacks scope(s) required by this service: " + scopes;
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("error", "insufficient_scope");
    body.put("error_description", description);
    body.put("reason", "insufficient_scope. " + description);
    return new ReplyException(Reply.json(403, body));
  }

  /** A DRS error, whose {@code status_code} swaps 401 and 403 against the HTTP status. */
  static Reply drs(int status, String message) {
    int inBody = status == 401 ? 403 : status == 403 ? 401 : status;
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("msg", message);
    body.put("status_code", inBody);
    return Reply.json(status, body);
  }
}
