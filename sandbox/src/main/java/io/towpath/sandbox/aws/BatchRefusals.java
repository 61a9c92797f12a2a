package io.towpath.sandbox.aws;

import io.towpath.sandbox.http.ReplyException;

/** Errors of Batch, which has one name for whatever the caller did wrong. */
final class BatchRefusals {
  private BatchRefusals() {}

  static ReplyException client(String message) {
    return Protocol.REST_JSON.bad("ClientException", message);
  }
}
