package io.towpath.sandbox.drs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** A bucket in which a dataset's objects may lie. */
record Storage(
    String id,
    String owner,
    String name,
    String datasetId,
    String region,
    String bucket,
    Instant created) {

  /** Without the credentials, which are never shown again. */
  ObjectNode json() {
    ObjectNode json = Answers.object().put("id", id);
    Answers.authored(json, owner, created, created);
    json.put("name", name).put("datasetId", datasetId).put("cloudProvider", "AWS");
    return json.put("region", region).put("bucketName", bucket).put("active", true);
  }
}
