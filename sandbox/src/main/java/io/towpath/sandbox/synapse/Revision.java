package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** One version of an entity: label, file, provenance and annotations belong to the version. */
final class Revision {
  final long number;
  final String modifiedBy;
  Instant modifiedOn;
  String label;
  Optional<String> comment = Optional.empty();
  Optional<String> fileHandleId = Optional.empty();
  Optional<String> activityId = Optional.empty();
  ObjectNode annotations = Json.object();

  Revision(long number, String modifiedBy, Instant modifiedOn) {
    this.number = number;
    this.modifiedBy = modifiedBy;
    this.modifiedOn = modifiedOn;
    this.label = Long.toString(number);
  }
}
