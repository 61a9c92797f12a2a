package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;

/** Ends a call, or one item of a bulk call, with an error of the platform. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int status;
  private final transient ObjectNode error;

  Refused(int status, ObjectNode error) {
    super(error.path("message").asText(), null, false, false);
    this.status = status;
    this.error = error;
  }

  ObjectNode error() {
    return error;
  }

  Reply reply() {
    return Reply.json(status, error);
  }
}
