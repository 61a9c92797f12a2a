package io.towpath.sandbox.aws;

import io.towpath.sandbox.http.ReplyException;

/** Errors of ECS. */
final class EcsRefusals {
  private EcsRefusals() {}

  static ReplyException client(String message) {
    return Protocol.JSON_1_1.bad("ClientException", message);
  }

  static ReplyException parameter(String message) {
    return Protocol.JSON_1_1.bad("InvalidParameterException", message);
  }

  static ReplyException noCluster() {
    return Protocol.JSON_1_1.bad("ClusterNotFoundException", "Cluster not found.");
  }
}
