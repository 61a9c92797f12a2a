package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** All activities; guarded by the realm's lock. There is no way to list them. */
final class Activities {
  private final Map<String, Activity> byId = new LinkedHashMap<>();
  private long lastId = 9_500_000;

  Activity add(
      SynapseAccount by,
      Instant now,
      Optional<String> name,
      Optional<String> description,
      ArrayNode used) {
    lastId++;
    Activity activity =
        new Activity(
            Long.toString(lastId),
            UUID.randomUUID().toString(),
            by.userId(),
            now,
            now,
            name,
            description,
            used);
    byId.put(activity.id(), activity);
    return activity;
  }

  void replace(Activity activity) {
    byId.put(activity.id(), activity);
  }

  void remove(String id) {
    byId.remove(id);
  }

  Activity get(String id) {
    Activity activity = byId.get(id.strip());
    if (activity == null) {
      throw Refusals.notFound("Cannot find a activity with id " + id);
    }
    return activity;
  }
}
