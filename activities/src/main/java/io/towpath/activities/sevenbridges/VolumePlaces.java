package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ExportTarget;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where in S3 the objects on volumes lie. */
final class VolumePlaces {
  private final SevenBridgesClient client;
  private final Map<String, Optional<S3Uri>> roots = new HashMap<>();

  /**
   * @param export a volume that is known already
   */
  VolumePlaces(SevenBridgesClient client, Optional<ExportTarget> export) {
    this.client = client;
    export.ifPresent(
        to -> roots.put(to.volume(), Optional.of(root(to.bucket(), to.volumePrefix()))));
  }

  /** Empty for what lies on a volume that we may not see, or not in S3. */
  Optional<S3Uri> of(VolumePlace place) {
    return roots
        .computeIfAbsent(place.volume(), this::look)
        .map(root -> root.resolve(place.location()));
  }

  private Optional<S3Uri> look(String volume) {
    try {
      return client
          .volume(volume)
          .map(found -> found.path("service"))
          .filter(service -> service.path("type").asText("").equalsIgnoreCase("s3"))
          .map(VolumePlaces::root);
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.ACCESS_DENIED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static S3Uri root(JsonNode service) {
    return root(service.path("bucket").asText(""), service.path("prefix").asText(""));
  }

  private static S3Uri root(String bucket, String prefix) {
    return S3Uri.of(bucket, prefix.replaceAll("^/+|/+$", ""));
  }
}
