package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.submit.Once;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.S3Uri;
import java.util.Optional;

/** The setting by which Synapse reads a bucket that is not its own; reused by bucket and folder. */
final class StorageLocation {
  private static final String TYPE =
      "org.sagebionetworks.repo.model.project.ExternalS3StorageLocationSetting";

  private final SynapseClient client;
  private final String bucket;
  private final String baseKey;

  StorageLocation(SynapseClient client, S3Uri folder) {
    this.client = client;
    this.bucket = folder.bucket();
    this.baseKey = folder.key().replaceAll("^[/ \\t]+|[/ \\t]+$", "");
  }

  /** Its id. Synapse makes one of the same fields only once, so a repeated call harms nothing. */
  long ensure(SubmitOnce submit, Claim claim) {
    return submit.submit(
        new Once<>(
            claim, "storage-location", "s3://" + bucket + "/" + baseKey, this::find, this::send));
  }

  private Optional<Long> find() {
    for (JsonNode location : client.storageLocations().path("list")) {
      if (location.path("concreteType").asText("").equals(TYPE)
          && location.path("bucket").asText("").equals(bucket)
          && location.path("baseKey").asText("").equals(baseKey)
          && !location.path("stsEnabled").asBoolean(false)
          && location.path("storageLocationId").canConvertToLong()) {
        return Optional.of(location.path("storageLocationId").asLong());
      }
    }
    return Optional.empty();
  }

  private long send() {
    ObjectNode location =
        SynapseClient.object()
            .put("concreteType", TYPE)
            .put("uploadType", "S3")
            .put("bucket", bucket)
            .put("stsEnabled", false);
    if (!baseKey.isEmpty()) {
      location.put("baseKey", baseKey);
    }
    return Long.parseLong(
        SynapseClient.required(client.createStorageLocation(location), "storageLocationId"));
  }
}
