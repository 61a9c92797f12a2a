package io.towpath.sandbox.synapse;

import java.util.Map;
import java.util.Optional;

/**
 * One row of a view: an entity version.
 *
 * @param values by column name; a missing one is null
 */
record ViewRow(long rowId, long versionNumber, String etag, Map<String, String> values) {
  ViewRow {
    values = Map.copyOf(values);
  }

  Optional<String> value(String column) {
    return Optional.ofNullable(values.get(column));
  }
}
